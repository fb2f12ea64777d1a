// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "metadata/index_page.h"
#include "work/job_context.h"

namespace sconce::resolve {

/// The questions the solver asks. Answers come from an index, a cache or a test's map of packages.
/// Thread-safe; each question may block, and a question asked before is answered from memory.
class Supply {
public:
    virtual ~Supply() = default;
    /// Absent and Refused are answers; an error ends the resolution. Statuses in the index'
    /// `ignoreErrorCodes` count as Absent.
    virtual Result<metadata::PageAnswer> page(const metadata::IndexLocation &index,
        const names::PackageName &package, const JobContext &context) = 0;
    /// BadInput: the metadata is there and says nonsense, so the version is passed over. Other errors end the
    /// resolution.
    virtual Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
        const metadata::IndexFile &file, const JobContext &context) = 0;
    /// Hints that a question will come; return at once.
    virtual void expectPage(const metadata::IndexLocation &index, const names::PackageName &package) = 0;
    virtual void expectMetadata(const metadata::IndexFile &file) = 0;
    /// The answer to page() if it has come already; never waits. Without it metadata is asked for one by one.
    virtual std::optional<metadata::PageAnswer> pageAtHand(
        const metadata::IndexLocation & /*index*/, const names::PackageName & /*package*/)
    {
        return std::nullopt;
    }
    /// Whether the metadata was expected and has not come yet.
    virtual bool isUnderWay(const metadata::IndexFile & /*file*/) { return false; }
    /// Waits until something expected has come since the last call. False when nothing is on its way any
    /// more, and when the job is stopped.
    virtual bool awaitNews(const JobContext & /*context*/) { return false; }
};

} // namespace sconce::resolve
