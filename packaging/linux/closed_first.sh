#!/bin/sh
# Refuses while the program is open: it reads its own files again and again, others in their place
# would break it. build.sh makes two of it: preinst for an upgrade, prerm for a removal.
[ "$1" = "@WHEN@" ] || exit 0
for running in /proc/[0-9]*/exe; do
    if [ "$(readlink "$running")" = /opt/daomao-desktop/daomao-desktop ]; then
        echo "村民小组长工作台正在运行，请先关闭它，再重新安装或卸载。" >&2
        exit 1
    fi
done
exit 0
