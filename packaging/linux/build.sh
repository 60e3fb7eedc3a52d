#!/usr/bin/env bash
# The frozen program for Linux and its .deb:  bash packaging/linux/build.sh
# Makes dist/daomao-desktop_VERSION_ARCH.deb and build/linux/dist/daomao-desktop.
# It runs where glibc is at least that of the machine it was built on; UOS 20 and Kylin V10 are
# older than Debian 12 and need it run on their own base.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=packaging/common.sh
. packaging/common.sh
need_packages binutils dpkg
need_python

out=build/linux
rm -rf "$out"
mkdir -p "$out" dist
"$python" -m PyInstaller --noconfirm --log-level ERROR \
    --distpath "$out/dist" --workpath "$out/work" build.spec
bundle=$out/dist/daomao-desktop
# The extension modules come with their symbols, 30 MB of them; Qt's libraries have none.
find "$bundle/_internal" -name '*.so*' -type f -not -path '*/PySide6/*' -not -path '*/shiboken6/*' \
    -exec strip --strip-unneeded {} +

# What the bundle takes from the system: every library it names and does not bring.
binaries() { find "$bundle" -type f \( -name '*.so*' -o -name daomao-desktop \); }
needed=$(binaries | xargs -n1 objdump -p 2>/dev/null | awk '/NEEDED/ {print $2}' | sort -u)
brought=$(find "$bundle" -name '*.so*' -printf '%f\n' | sort -u)
glibc=$(binaries | xargs -n1 objdump -T 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -Vu | tail -1)
packages=""
for library in $(comm -23 <(echo "$needed") <(echo "$brought")); do
    package=$(dpkg -S "*/$library" 2>/dev/null | grep -v '^diversion' | head -1 | cut -d: -f1)
    [ -n "$package" ] || { echo "no Debian package has $library" >&2; exit 1; }
    packages="$packages$package"$'\n'
done
depends=$(echo "$packages" | grep -v -e '^libc6$' -e '^$' | sort -u | paste -sd, | sed 's/,/, /g')

root=$out/deb
install -d "$root/DEBIAN" "$root/opt" "$root/usr/bin" "$root/usr/share/applications" \
    "$root/usr/share/icons/hicolor/256x256/apps" "$root/usr/share/icons/hicolor/scalable/apps" \
    "$root/usr/share/doc/daomao-desktop"
cp -a "$bundle" "$root/opt/daomao-desktop"
ln -s /opt/daomao-desktop/daomao-desktop "$root/usr/bin/daomao-desktop"
install -m 644 packaging/linux/daomao-desktop.desktop "$root/usr/share/applications/"
install -m 644 resources/icons/daomao.png "$root/usr/share/icons/hicolor/256x256/apps/daomao-desktop.png"
install -m 644 resources/icons/daomao.svg "$root/usr/share/icons/hicolor/scalable/apps/daomao-desktop.svg"
install -m 644 packaging/linux/copyright "$root/usr/share/doc/daomao-desktop/copyright"
install -m 644 CHANGELOG.md "$root/usr/share/doc/daomao-desktop/CHANGELOG.md"
sed 's/@WHEN@/upgrade/' packaging/linux/closed_first.sh >"$root/DEBIAN/preinst"
sed 's/@WHEN@/remove/' packaging/linux/closed_first.sh >"$root/DEBIAN/prerm"
arch=$(dpkg --print-architecture)
cat >"$root/DEBIAN/control" <<CONTROL
Package: daomao-desktop
Version: $version
Architecture: $arch
Maintainer: daomao-desktop <daomao-desktop@localhost>
Installed-Size: $(du -sk "$root/opt" "$root/usr" | awk '{n += $1} END {print n}')
Depends: libc6 (>= $glibc), $depends
Recommends: cups-client
Section: misc
Priority: optional
Description: 村民小组长工作台 (desk for the leaders of village groups)
 离线的村民小组长管理程序：履职记录、年度考核、奖惩文书排版打印，资料加密存在本机。
 .
 本安装包需要 glibc $glibc 或更新（在 $(. /etc/os-release; echo "$PRETTY_NAME") 上构建）。
 统信 UOS 20、银河麒麟 V10 的 glibc 较旧，需在其本机构建。
CONTROL
chmod -R u=rwX,go=rX "$root"
chmod 755 "$root/opt/daomao-desktop/daomao-desktop" "$root/DEBIAN/preinst" "$root/DEBIAN/prerm"
deb=dist/daomao-desktop_${version}_$arch.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$deb" >/dev/null
echo "$deb: $(megabytes "$deb") MB, installed $(megabytes "$bundle") MB, glibc $glibc"
