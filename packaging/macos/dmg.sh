#!/usr/bin/env bash
# Makes the disk image of Impasto.app, signed and notarised where the secrets are there.
#   packaging/macos/dmg.sh VERSION
# Signing: SIGNING_IDENTITY, of a certificate in the keychain.
# Notarisation: NOTARY_APPLE_ID, NOTARY_TEAM_ID and NOTARY_PASSWORD.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$1
app=build/dist/Impasto.app
image=build/packages/impasto-$version-macos-$(uname -m).dmg
staging=build/dmg

if [[ -n ${SIGNING_IDENTITY:-} ]]; then
    codesign --force --deep --timestamp --options runtime \
        --entitlements packaging/macos/entitlements.plist --sign "$SIGNING_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
fi

rm -rf "$staging" "$image"
mkdir -p "$staging" build/packages
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname Impasto -srcfolder "$staging" -format ULFO -ov "$image"

if [[ -n ${NOTARY_PASSWORD:-} ]]; then
    xcrun notarytool submit "$image" --wait --apple-id "$NOTARY_APPLE_ID" \
        --team-id "$NOTARY_TEAM_ID" --password "$NOTARY_PASSWORD"
    xcrun stapler staple "$image"
fi
