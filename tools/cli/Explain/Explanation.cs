using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Explain;

/// <summary>A key of a rule, and how full its window is.</summary>
/// <param name="Labels">The grouped labels.</param>
/// <param name="Count">Events in the window.</param>
/// <param name="Limits">Its limits.</param>
/// <param name="InAlert">Whether it is in alert at the moment asked about.</param>
internal sealed record KeyInWindow(IReadOnlyDictionary<string, string> Labels, long Count, Limits Limits, bool InAlert);

/// <summary>Everything that is known of a rule and a key at a moment.</summary>
internal sealed record Explanation
{
    public required ExplainQuery Query { get; init; }
    public required Rule Rule { get; init; }

    /// <summary>The rule's keys of this account, the fullest first; the first one is explained.</summary>
    public required IReadOnlyList<KeyInWindow> Keys { get; init; }

    /// <summary>What the rule does not look at, and what is out of the window.</summary>
    public required IReadOnlyList<UncountedEvents> Uncounted { get; init; }

    public required WindowCoverage Coverage { get; init; }

    /// <summary>Events older than this may be deleted; as stored.</summary>
    public required long KeptSince { get; init; }

    /// <summary>What is counted of the key; null when there is no key.</summary>
    public CountedWindow? Window { get; init; }

    /// <summary>The latest instant in the window at which the count was at the threshold or above.</summary>
    public ReachedThreshold? Reached { get; init; }

    /// <summary>The alert, if it is raised now.</summary>
    public RaisedAlert? Raised { get; init; }

    /// <summary>When it is raised if it is so still, because its rule has hours or wants it to last; null when it does not wait.</summary>
    public long? RaiseAt { get; init; }

    /// <summary>Up to when earlier episodes were judged; 0 when there was none.</summary>
    public long JudgedThrough { get; init; }

    /// <summary>What the evaluator finds when it next looks whether the alert is over: events after the covered time's window began.</summary>
    public EventsLeft? Left { get; init; }

    /// <summary>Episodes of the key, the newest first.</summary>
    public IReadOnlyList<PastEpisode> Episodes { get; init; } = [];

    /// <summary>The one that lasts at the moment asked about, else the last one before it.</summary>
    public PastEpisode? Episode { get; init; }

    /// <summary>What was said of it.</summary>
    public IReadOnlyList<PastDelivery> Deliveries { get; init; } = [];

    /// <summary>What was decided about telling of it.</summary>
    public IReadOnlyList<PastDecision> Decisions { get; init; } = [];

    /// <summary>The runs of flows that were started for it.</summary>
    public IReadOnlyList<PastRun> Runs { get; init; } = [];

    /// <summary>A label asked for whose events the rule never counts, and why; null when it does.</summary>
    public string? NotWatched { get; init; }

    public KeyInWindow? Key => Keys.Count > 0 ? Keys[0] : null;

    public bool InAlert => Key is { InAlert: true };

    /// <summary>Whether every event of the window is still there.</summary>
    public bool IsKept => Query.At - Rule.Window >= KeptSince;

    /// <summary>When the episode was raised, as stored.</summary>
    public long? RaisedAt => Raised?.RaisedAt.ToUnixTimeMilliseconds() ?? Episode?.RaisedAt;
}
