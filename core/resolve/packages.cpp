// SPDX-License-Identifier: Apache-2.0
#include "resolve/packages.h"

#include <QHash>

namespace sconce::resolve {

using namespace Qt::StringLiterals;
using Kind = VirtualPackage::Kind;

std::size_t Packages::Hash::operator()(const VirtualPackage &package) const noexcept
{
    return qHashMulti(0, quint8(package.kind), package.name.value, package.extra.value, package.group.value,
        package.marker.node());
}

Packages::Packages()
{
    intern({.kind = Kind::Root});
    intern({.kind = Kind::Python});
}

QString Packages::text(pubgrub::Package package) const
{
    const VirtualPackage &shown = (*this)[package];
    switch (shown.kind) {
    case Kind::Root: return {};
    case Kind::Python: return u"Python"_s;
    case Kind::System: return (*this)[shown.name].text() == "cuda"_L1 ? u"CUDA"_s : u"ROCm"_s;
    default: break;
    }
    const QString name = (*this)[shown.name].text();
    if (shown.hasGroup())
        return name + u':' + (*this)[shown.group].text();
    return shown.hasExtra() ? name + u'[' + (*this)[shown.extra].text() + u']' : name;
}

} // namespace sconce::resolve
