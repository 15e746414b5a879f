using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>
/// A condition as its sender last said: times are milliseconds since 1970. Start and end are by the sender's clock and 0 where it has not said any,
/// so that they can be compared with each other; when it was reported is by ours and only ever grows, so that evaluators keep the order in which
/// things were decided here.
/// </summary>
internal sealed record OpenCondition
{
    public required Guid Id { get; init; }
    public required string Integration { get; init; }
    public required string ExternalId { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public string? Severity { get; init; }

    /// <summary>Whether it has ever fired: else its labels are those of what ended it.</summary>
    public bool Opened { get; init; }

    public long StartedAt { get; init; }
    public long ReportedAt { get; init; }

    /// <summary>Null while it fires.</summary>
    public long? EndedAt { get; init; }

    public long? LeaseUntil { get; init; }

    /// <summary>Whether it fires and its lease lasts.</summary>
    public bool IsOpen(long now) => EndedAt is null && (LeaseUntil is null || LeaseUntil >= now);

    /// <summary>What a piece of news says in the light of what was said before.</summary>
    /// <param name="item">The news.</param>
    /// <param name="known">What was said before; null when nothing.</param>
    /// <param name="how">Whether it comes for the first time.</param>
    /// <param name="integration">Whose it is.</param>
    /// <returns>What is to be published, and how the condition is now; the latter is null where nothing has changed.</returns>
    public static (IReadOnlyList<ReportedCondition> News, OpenCondition? Now) Next(NewsItem item, OpenCondition? known, Arrival how,
        Integration integration)
    {
        var reported = item.ReceivedAt.ToUnixTimeMilliseconds();
        var isOpen = known?.IsOpen(reported) == true;
        if (item.Said.OnlyIfOpen && !isOpen)
            return ([], null);
        if (how == Arrival.Repeated && !(item.Fires && isOpen && item.LeaseUntil is not null))
            return ([], null); // what is repeated while it fires keeps its lease alive, and says nothing else
        if (item.Said.State == UnderstoodState.NoData)
            return ([Condition(item, isOpen ? known : null, reported)], null);
        if (how == Arrival.Replayed && known is not null && reported < known.ReportedAt)
            return ([Condition(item, known, reported)], null); // the evaluator knows newer
        known ??= new OpenCondition
        {
            Id = item.ConditionId(integration), Integration = integration.Name, ExternalId = item.ExternalId, Labels = item.Labels,
            EndedAt = 0,
        };
        return item.Fires ? known.Fired(item, reported, isOpen) : known.Resolved(item, reported, isOpen);
    }

    (IReadOnlyList<ReportedCondition>, OpenCondition?) Fired(NewsItem item, long reported, bool isOpen)
    {
        var start = Ms(item.StartsAt) ?? Ms(item.SaidAt) ?? 0;
        if (!isOpen && EndedAt is { } end && IsLate(item, start, end))
        {
            // The end was quicker than the beginning: it was so, and is over.
            var labels = Opened ? this : this with { Labels = item.Labels, Severity = item.Severity };
            var began = Condition(item, labels, Math.Min(start, ReportedAt - 1));
            var ended = began with { State = ConditionState.Resolved, ReportedAt = Time(ReportedAt), LeaseUntil = null };
            return ([began, ended], labels with { Opened = true, StartedAt = Math.Max(StartedAt, start) });
        }
        var at = Math.Max(reported, isOpen ? ReportedAt : ReportedAt + 1);
        var now = (isOpen ? this : this with { Labels = item.Labels, StartedAt = 0 }) with
        {
            Severity = item.Severity, Opened = true, ReportedAt = at, EndedAt = null, LeaseUntil = Ms(item.LeaseUntil),
        };
        now = now with { StartedAt = Math.Max(now.StartedAt, start) };
        return ([Condition(item, now, at)], now);
    }

    (IReadOnlyList<ReportedCondition>, OpenCondition?) Resolved(NewsItem item, long reported, bool isOpen)
    {
        var end = Ms(item.EndsAt) ?? Ms(item.SaidAt);
        if (isOpen && end < StartedAt)
            return ([], null); // of an episode before
        var at = Math.Max(reported, ReportedAt + 1);
        var started = Math.Max(StartedAt, Ms(item.StartsAt) ?? 0);
        var now = this with { StartedAt = started, ReportedAt = at, EndedAt = Math.Max(EndedAt ?? 0, end ?? started), LeaseUntil = null };
        return ([Condition(item, now, at)], now);
    }

    // By the sender's own clock; one that says no time is taken at its word.
    bool IsLate(NewsItem item, long start, long end) =>
        Ms(item.SaidAt ?? item.StartsAt) is { } said && (said < end || (start <= StartedAt && said <= Math.Max(end, StartedAt)));

    static ReportedCondition Condition(NewsItem item, OpenCondition? known, long reportedAt) => item.Condition() with
    {
        Labels = known is null || item.Said.LabelsIdentify ? item.Labels : known.Labels, ReportedAt = Time(reportedAt),
    };

    static long? Ms(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>How a piece of news comes.</summary>
internal enum Arrival
{
    /// <summary>For the first time.</summary>
    New,

    /// <summary>It was delivered before.</summary>
    Repeated,

    /// <summary>Somebody has an old delivery read again.</summary>
    Replayed,
}
