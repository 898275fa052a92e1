; Inno Setup: the installer for Windows, of the folder that PyInstaller made.
;   iscc /DVersion=0.1.0 packaging\windows\impasto.iss

#ifndef Version
  #error Name the version: iscc /DVersion=...
#endif

[Setup]
AppId={{6E0D1B3B-53D2-4C61-9A3A-2C1C3F1E4B77}
AppName=Impasto
AppVersion={#Version}
AppPublisher=The Impasto developers
DefaultDirName={autopf}\Impasto
DefaultGroupName=Impasto
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\impasto.ico
UninstallDisplayIcon={app}\impasto.exe
OutputDir=..\..\build\packages
OutputBaseFilename=impasto-{#Version}-windows-x64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ChangesEnvironment=yes
#ifdef SignTool
SignTool={#SignTool}
SignedUninstaller=yes
#endif

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "path"; Description: "Put the command line (impasto-cli) on the path"; Flags: unchecked

[Files]
Source: "..\..\build\dist\impasto\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Impasto"; Filename: "{app}\impasto.exe"
Name: "{autodesktop}\Impasto"; Filename: "{app}\impasto.exe"; Tasks: desktopicon

[Registry]
; "Open with" for pictures; nothing is made the default.
Root: HKA; Subkey: "Software\Classes\Applications\impasto.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Impasto"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\impasto.exe\shell\open\command"; ValueType: string; ValueData: """{app}\impasto.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\impasto.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\impasto.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\impasto.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\impasto.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\impasto.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\impasto.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: IsNotOnPath

[Run]
Filename: "{app}\impasto.exe"; Description: "{cm:LaunchProgram,Impasto}"; Flags: nowait postinstall skipifsilent

[Code]
function IsNotOnPath: Boolean;
var
  Path: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Path) + ';') = 0;
end;
