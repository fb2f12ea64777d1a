// SPDX-License-Identifier: Apache-2.0
#include "wheel/scripts.h"

namespace sconce::wheel {

namespace {

/// Linux reads 127 bytes of a first line, its end included, in all releases before 5.1.
constexpr qsizetype MostLineBytes = 126;

} // namespace

QByteArray interpreterLine(const QString &python)
{
    const QByteArray path = python.toUtf8();
    const QByteArray line = "#!" + path;
    if (line.size() <= MostLineBytes && !path.contains(' '))
        return line + '\n';
    // Two languages in one: to sh this runs Python on this very file, to Python it is a string.
    QByteArray quoted = path;
    quoted.replace("'", "'\"'\"'");
    return "#!/bin/sh\n'''exec' '" + quoted + "' \"$0\" \"$@\"\n' '''\n";
}

QByteArray entryPointScript(const metadata::EntryPoint &point, const QString &python)
{
    const QByteArray attribute = point.attribute.toUtf8();
    QByteArray script = interpreterLine(python);
    script += "# -*- coding: utf-8 -*-\n"
              "import sys\n"
              "from "
        + point.module.toUtf8() + " import " + attribute.split('.').first()
        + "\n"
          "if __name__ == \"__main__\":\n"
          "    if sys.argv[0].endswith(\"-script.pyw\"):\n"
          "        sys.argv[0] = sys.argv[0][:-11]\n"
          "    elif sys.argv[0].endswith(\".exe\"):\n"
          "        sys.argv[0] = sys.argv[0][:-4]\n"
          "    sys.exit("
        + attribute + "())\n";
    return script;
}

std::optional<QByteArray> withInterpreter(const QByteArray &script, const QString &python)
{
    if (!script.startsWith("#!python"))
        return std::nullopt;
    qsizetype end = 0;
    while (end < script.size() && script[end] != '\n' && script[end] != '\r')
        ++end;
    if (QByteArrayView(script).sliced(end).startsWith("\r\n"))
        ++end;
    return interpreterLine(python) + script.mid(end + 1);
}

std::optional<QString> startedPython(const QByteArray &head)
{
    const QList<QByteArray> lines = head.left(head.indexOf('\n', head.indexOf('\n') + 1)).split('\n');
    if (!head.startsWith("#!"))
        return std::nullopt;
    QByteArray path = lines.front().mid(2).trimmed();
    const QByteArray before = "'''exec' '";
    const QByteArray after = "' \"$0\" \"$@\"";
    if (path == "/bin/sh" && lines.size() > 1 && lines[1].startsWith(before) && lines[1].endsWith(after))
        path = lines[1].mid(before.size()).chopped(after.size()).replace("'\"'\"'", "'");
    else if (path.contains(' '))
        return std::nullopt;
    const QByteArray name = path.mid(path.lastIndexOf('/') + 1);
    if (!path.startsWith('/') || (!name.startsWith("python") && !name.startsWith("pypy")))
        return std::nullopt;
    return QString::fromUtf8(path);
}

} // namespace sconce::wheel
