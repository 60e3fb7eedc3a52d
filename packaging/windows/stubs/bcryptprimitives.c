/* For Wine 8 only, never shipped: the one call of Windows' bcryptprimitives.dll that Rust makes. */
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *, unsigned long);

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *buffer, unsigned long long count) {
    while (count) {
        unsigned long part = count > 0x10000000 ? 0x10000000 : (unsigned long)count;
        if (!SystemFunction036(buffer, part)) return 0;
        buffer += part;
        count -= part;
    }
    return 1;
}

int __stdcall DllMain(void *module, unsigned reason, void *reserved) { return 1; }
