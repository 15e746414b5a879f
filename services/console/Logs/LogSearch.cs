using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Logs;

/// <summary>Finds log lines, for those who see everything.</summary>
internal sealed class LogSearch(ArchiveClient archive)
{
    /// <summary>Lines of a page: as many as usual, and at most.</summary>
    public const int UsualPage = 100, LongestPage = 1000;

    /// <summary>Parts of a histogram: as many as usual, and at most.</summary>
    public const int UsualParts = 96, MostParts = 1000;

    /// <summary>A page of lines, the newest first.</summary>
    public Task<ArchivedLines> Lines(LogQuestion question, string? after, int? limit, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return archive.Lines(question.Query, question.From, question.To, after, Math.Clamp(limit ?? UsualPage, 1, LongestPage), ct);
    }

    /// <summary>How many there are over time.</summary>
    public Task<ArchivedCounts> Counts(LogQuestion question, int? parts, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return archive.Counts(question.Query, question.From, question.To, Math.Clamp(parts ?? UsualParts, 1, MostParts), ct);
    }

    /// <summary>One line; null when there is none.</summary>
    public Task<ArchivedLine?> Line(string id, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return archive.Line(id, ct);
    }

    /// <summary>Lines as they come.</summary>
    public IAsyncEnumerable<TailedLine> Tail(string query, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return archive.Tail(query, ct);
    }
}

/// <summary>What lines are looked for.</summary>
/// <param name="Query">In the archive's language of queries; empty for all.</param>
/// <param name="From">From when, UTC.</param>
/// <param name="To">Until when, UTC, exclusive.</param>
internal sealed record LogQuestion(string Query, DateTimeOffset? From, DateTimeOffset? To);
