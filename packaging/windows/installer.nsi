; The installer for Windows 10 (1809) and newer, for one user, without administrator rights:
;   makensis -INPUTCHARSET UTF8 -DVERSION=1.2.3 -DSOURCE=folder -DTARGET=setup.exe installer.nsi
; Exit codes of a silent run (/S): 0 done, 3 the program is running, 4 files could not be written,
; 5 a newer version is installed, 6 Windows is too old. /D=folder comes last and unquoted.
Unicode true
Target amd64-unicode ; a 32-bit installer cannot see a 64-bit PC's folders without redirection
ManifestDPIAware true
!ifdef QUICK ; for trials
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"

!define TITLE "村民小组长工作台"
!define ID "daomao-desktop"
!define SETTINGS "Software\${ID}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define RECORDS "$LOCALAPPDATA\${ID}" ; where the program keeps the office's data (platformdirs)

Name "${TITLE}"
OutFile "${TARGET}"
BrandingText "${TITLE} ${VERSION}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "${SETTINGS}" "InstallDir"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "daomao-desktop"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "setup.bmp" ; beside this script
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "安装只在您自己的账户里进行，不需要管理员权限。$\r$\n$\r$\n装过旧版本的，直接装在上面就是升级，资料不会动。$\r$\n$\r$\n安装前请先关闭正在运行的${TITLE}。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\daomao-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${TITLE}"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A running program's file cannot be opened for writing.
!macro RefuseWhileRunning FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ${Do}
      ClearErrors
      FileOpen $0 "$INSTDIR\${FILE}" a
      ${IfNot} ${Errors}
        FileClose $0
        ${ExitDo}
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TITLE}正在运行，请先关闭它，再按“重试”。" /SD IDCANCEL IDRETRY +3
      SetErrorLevel 3
      Quit
    ${Loop}
  ${EndIf}
!macroend

; What our installer put here, and nothing else: $INSTDIR may be a folder with other things in it.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\daomao-desktop.exe"
  Delete "$INSTDIR\daomao-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
!macroend

Function .onInit
  SetShellVarContext current
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763 ; the 1809 edition: older ones lack what Qt asks for
    MessageBox MB_OK|MB_ICONSTOP "${TITLE}需要 64 位的 Windows 10（1809）或更新的系统。" /SD IDOK
    SetErrorLevel 6
    Quit
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "已经装有更新的版本 $0。$\r$\n旧版本打不开新版本存过的资料，确定要换成 ${VERSION} 吗？" /SD IDNO IDYES +3
      SetErrorLevel 5
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "-program"
  ; Only our own installation is replaced. In a folder with other things, whose _internal and
  ; uninstall.exe may be another program's, the program gets a folder of its own.
  ReadRegStr $1 HKCU "${SETTINGS}" "InstallDir"
  ${Do}
    ${If} $INSTDIR == $1
    ${OrIf} ${FileExists} "$INSTDIR\daomao-desktop.exe"
      !insertmacro RefuseWhileRunning "daomao-desktop.exe"
      !insertmacro RefuseWhileRunning "daomao-cli.exe"
      !insertmacro RemoveProgram
      ${ExitDo}
    ${EndIf}
    ${DirState} "$INSTDIR" $0
    ${If} $0 != 1 ; empty, or not there
      ${ExitDo}
    ${EndIf}
    StrCpy $INSTDIR "$INSTDIR\${ID}"
  ${Loop}
  SetOutPath "$INSTDIR"
  WriteRegStr HKCU "${SETTINGS}" "InstallDir" "$INSTDIR" ; first: half an installation is ours, too
  ClearErrors
  File /r "${SOURCE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "文件没有写全：请检查磁盘空间，或换一个文件夹再装。" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\daomao-desktop.exe"
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\daomao-desktop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\daomao-desktop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "daomao-desktop"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR\_internal" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  !insertmacro RefuseWhileRunning "daomao-desktop.exe"
  !insertmacro RefuseWhileRunning "daomao-cli.exe"
  !insertmacro RemoveProgram
  SetOutPath "$TEMP" ; a folder that is somebody's current one cannot be removed
  RMDir "$INSTDIR" ; only when empty: what else lies there stays
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${SETTINGS}"
  DeleteRegKey HKCU "${UNINSTALL}"
  ; The records are the office's, not the program's: kept unless twice said otherwise.
  ${If} ${FileExists} "${RECORDS}\keys.json"
    MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION "程序已卸载。本机的资料（花名册、履职记录、文书）要一起删除吗？$\r$\n$\r$\n不确定请选“否”：资料留在 ${RECORDS}，重新安装后照常可用。" /SD IDNO IDNO kept
    MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "资料删除后不能恢复。真的要删除 ${RECORDS} 里的全部资料吗？" /SD IDNO IDNO kept
    RMDir /r "${RECORDS}"
    kept:
  ${EndIf}
  RMDir /r "${RECORDS}\Logs" ; what the program wrote about itself
  RMDir "${RECORDS}" ; only when no records are in it
SectionEnd
