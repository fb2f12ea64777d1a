// SPDX-License-Identifier: Apache-2.0
#include "resolve/hints.h"

#include <algorithm>
#include <ranges>

#include <QCoreApplication>

#include "base/safe_url.h"
#include "resolve/file_verdict.h"
#include "resolve/words.h"

namespace sconce::resolve {

using names::PackageName;
using versions::Version;
using versions::VersionSet;

namespace {

struct Found {
    const Listing *list = nullptr;
    const Release *release = nullptr;
};
/// The newest version that is in the range, whether it counts or not.
std::optional<Found> newestIn(const PackageListings &listings, const VersionSet &versions)
{
    std::optional<Found> newest;
    for (const Listing &list : listings.lists) {
        for (const Release &release : list.releases) {
            if (versions.contains(release.version) && (!newest || newest->release->version < release.version))
                newest = Found{&list, &release};
        }
    }
    return newest;
}

class Finder {
    Q_DECLARE_TR_FUNCTIONS(resolve)

public:
    explicit Finder(const Proof &proof)
        : m_proof(proof)
    {}

    void look(const Fact &fact)
    {
        const VirtualPackage &known = m_proof.packages[fact.package];
        if (fact.kind == Fact::Kind::Requires) {
            lookAtNeeds(fact);
            return;
        }
        if (fact.package == Packages::Python) {
            add(Hint::Kind::PythonTooOld, {}, tr("Use another Python: %1").arg(Words::range(fact.versions)));
            return;
        }
        const PackageListings *listings = known.isReal() ? m_proof.listings(known.name) : nullptr;
        if (!listings)
            return;
        m_name = m_proof.packages[known.name].text();
        if (fact.kind == Fact::Kind::NoVersions)
            lookForVersions(fact, *listings, known.name);
        else
            lookAtReason(fact, *listings);
    }

    std::vector<Hint> hints;

private:
    void add(Hint::Kind kind, const QString &package, const QString &text)
    {
        const bool isKnown = std::ranges::any_of(hints, [&](const Hint &hint) {
            return hint.kind == kind && hint.package == package
                && (kind != Hint::Kind::Other || hint.text == text);
        });
        if (!isKnown)
            hints.push_back({kind, package, text});
    }

    void lookAtNeeds(const Fact &fact)
    {
        for (const auto &need : fact.needs) {
            if (need.package == fact.package && fact.package != Packages::Root) {
                const QString name = m_proof.packages.text(fact.package);
                add(Hint::Kind::Other, name,
                    tr("“%1” needs itself in another version, which is most likely a mistake of its authors")
                        .arg(name));
            }
        }
    }

    void lookForVersions(const Fact &fact, const PackageListings &listings, NameId name)
    {
        const auto preRelease =
            std::ranges::find_if(std::views::reverse(listings.versions), [&](const Version &version) {
                return version.isPreRelease() && fact.versions.contains(version);
            });
        if (preRelease != std::ranges::rend(listings.versions)
            && m_proof.preReleases(name) == PreReleases::Disallow) {
            add(Hint::Kind::AllowPreReleases, m_name,
                tr("Allow pre-releases: “%1” has %2 (--prerelease=allow)").arg(m_name, preRelease->text()));
        }
        lookForNewer(fact, listings);
        if (!listings.unasked.empty() && !listings.lists.empty()) {
            add(Hint::Kind::OtherIndexHasVersion, m_name,
                tr("Search all indexes, if you trust them equally: “%1” was found on %2, so %3 was not asked "
                   "(--index-strategy unsafe-best-match)")
                    .arg(m_name, safeText(listings.lists.front().index.url),
                        safeText(listings.unasked.front().url)));
        }
    }

    /// The newest version that the cut-off hides.
    void lookForNewer(const Fact &fact, const PackageListings &listings)
    {
        const auto newest = newestIn(listings, fact.versions);
        if (!newest)
            return;
        const metadata::IndexFile &file = *newest->release->files().front();
        const auto cutOff = m_proof.policy.excludeNewer.of(file.package, newest->list->indexOf(file));
        if (!cutOff || !file.uploadTime || *file.uploadTime < *cutOff)
            return;
        add(Hint::Kind::Other, m_name,
            tr("Move the cut-off date: “%1” %2 was uploaded on %3, and files from %4 on are left out")
                .arg(m_name, file.version.text(), file.uploadTime->toUTC().toString(Qt::ISODate),
                    cutOff->toUTC().toString(Qt::ISODate)));
    }

    void lookAtReason(const Fact &fact, const PackageListings &listings)
    {
        using Reason = Unusable::Kind;
        switch (fact.reason.kind) {
        case Reason::NotFound:
            if (listings.refusal)
                lookAtRefusal(*listings.refusal);
            break;
        case Reason::NoIndex:
            add(Hint::Kind::Other, {}, tr("Name an index: all indexes are turned off"));
            break;
        case Reason::NoBuild:
            add(Hint::Kind::NeedsBuild, m_name,
                tr("Choose a version of “%1” with a wheel: building from source is off").arg(m_name));
            break;
        case Reason::Platform:
        case Reason::Abi:
        case Reason::Python: lookForWheels(fact, listings); break;
        default: break;
        }
    }

    void lookAtRefusal(const PackageListings::Refusal &refusal)
    {
        const QString index = safeText(refusal.index.url);
        const QString text = m_proof.hasAnswered(refusal.index.url)
            ? tr("If %1 does not have “%2”, let it say so: it answered with status %3, which "
                 "ignore-error-codes of the index can "
                 "name; then the next index is asked")
            : tr("Check the address and the login of %1: when asked for “%2” it answered with status %3");
        add(Hint::Kind::IndexRefused, m_name, text.arg(index, m_name).arg(refusal.status));
    }

    /// What the newest of the versions has wheels for, as far as it is that which keeps it from being used.
    void lookForWheels(const Fact &fact, const PackageListings &listings)
    {
        const auto newest = newestIn(listings, fact.versions);
        if (!newest)
            return;
        QStringList tags;
        for (const metadata::IndexFile *file : newest->release->files()) {
            if (!file->wheel || (m_proof.tags && misfit(*file, *m_proof.tags) != fact.reason.kind))
                continue;
            const auto &wheel = file->wheel->tags;
            tags += fact.reason.kind == Unusable::Kind::Platform ? wheel.platforms()
                : fact.reason.kind == Unusable::Kind::Abi        ? wheel.abis()
                                                                 : wheel.pythons();
        }
        tags.removeDuplicates();
        tags.sort();
        const QString what = fact.reason.kind == Unusable::Kind::Platform
            ? tr("“%1” %2 has wheels for these platforms: %3")
            : fact.reason.kind == Unusable::Kind::Abi ? tr("“%1” %2 has wheels for these ABIs: %3")
                                                      : tr("“%1” %2 has wheels for these Pythons: %3");
        add(Hint::Kind::NoWheelForPlatform, m_name,
            what.arg(m_name, newest->release->version.text(), tags.join(u", ")));
    }

    const Proof &m_proof;
    QString m_name;
};

} // namespace

std::vector<Hint> hintsFor(const std::vector<Fact> &facts, const Proof &proof)
{
    Finder finder(proof);
    for (const Fact &fact : facts)
        finder.look(fact);
    return std::move(finder.hints);
}

} // namespace sconce::resolve
