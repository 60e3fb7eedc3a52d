/* For Wine 8 only, never shipped: colour profiles, of which the screen then has none. */
#define CALL __declspec(dllexport)

CALL void *OpenColorProfileW(void *profile, unsigned access, unsigned share, unsigned mode) { return 0; }
CALL int CloseColorProfile(void *profile) { return 1; }
CALL int GetColorProfileFromHandle(void *profile, void *buffer, unsigned *size) { return 0; }
CALL void *WcsCreateIccProfile(void *profile, unsigned options) { return 0; }

int __stdcall DllMain(void *module, unsigned reason, void *reserved) { return 1; }
