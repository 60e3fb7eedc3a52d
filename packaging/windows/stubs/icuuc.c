/* For Wine 8 only, never shipped: Windows 10's icuuc.dll, which Qt6Core links for text codecs.
   Every converter is refused with U_UNSUPPORTED_ERROR; UTF-8 and UTF-16 Qt does itself. */
#define CALL __declspec(dllexport)
enum { UNSUPPORTED = 16 };
#define REFUSE(error) do { if (error) *(error) = UNSUPPORTED; } while (0)

CALL void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
CALL void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
CALL void ucnv_cbFromUWriteUChars(void *args, void *from, void *end, int offset, int *error) { REFUSE(error); }
CALL void ucnv_cbToUWriteUChars(void *args, void *from, int length, int offset, int *error) { REFUSE(error); }
CALL void ucnv_close(void *converter) {}
CALL int ucnv_countAvailable(void) { return 0; }
CALL int ucnv_fromUCountPending(void *converter, int *error) { REFUSE(error); return 0; }
CALL int ucnv_toUCountPending(void *converter, int *error) { REFUSE(error); return 0; }
CALL void ucnv_fromUnicode(void *c, void *t, void *tl, void *s, void *sl, void *o, char flush, int *error) { REFUSE(error); }
CALL void ucnv_toUnicode(void *c, void *t, void *tl, void *s, void *sl, void *o, char flush, int *error) { REFUSE(error); }
CALL const char *ucnv_getAvailableName(int number) { return 0; }
CALL void ucnv_getFromUCallBack(void *converter, void **action, void **context) {
    if (action) *action = 0;
    if (context) *context = 0;
}
CALL void ucnv_getToUCallBack(void *converter, void **action, void **context) {
    if (action) *action = 0;
    if (context) *context = 0;
}
CALL signed char ucnv_getMaxCharSize(void *converter) { return 4; }
CALL const char *ucnv_getName(void *converter, int *error) { REFUSE(error); return ""; }
CALL const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { REFUSE(error); return 0; }
CALL void *ucnv_open(const char *name, int *error) { REFUSE(error); return 0; }
CALL void ucnv_reset(void *converter) {}
CALL void ucnv_setFromUCallBack(void *c, void *a, void *x, void **oa, void **ox, int *error) { REFUSE(error); }
CALL void ucnv_setToUCallBack(void *c, void *a, void *x, void **oa, void **ox, int *error) { REFUSE(error); }

int __stdcall DllMain(void *module, unsigned reason, void *reserved) { return 1; }
