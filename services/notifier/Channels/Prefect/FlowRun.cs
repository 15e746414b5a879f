using Sigma.Contracts;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>A run that was started for an alert, as it is stored.</summary>
internal sealed record FlowRun
{
    // How often a run is asked about: soon at first, and the longer it takes the more rarely. A failed one may be run again by a person.
    static readonly TimeSpan Soonest = TimeSpan.FromSeconds(5), Latest = TimeSpan.FromMinutes(2), OfFailed = TimeSpan.FromMinutes(5);

    // What Prefect does not know for so long was deleted there; what has not ended for so long is followed no more.
    static readonly TimeSpan GoneAfter = TimeSpan.FromDays(1), LongestRun = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }
    public required Guid AlertId { get; init; }
    public required string Url { get; init; }

    /// <summary>By which integration it was started.</summary>
    public required string Channel { get; init; }

    /// <summary>Of which deployment it is: by this its condition is known, whatever the settings say later.</summary>
    public required string Deployment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its state's type, by which all is decided; null until Prefect was asked.</summary>
    public string? State { get; init; }

    /// <summary>The state's name, free text for people.</summary>
    public string? StateName { get; init; }

    /// <summary>What Prefect says of the state.</summary>
    public string? Message { get; init; }

    /// <summary>When Prefect last knew it.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Since when it is reported as failed.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>When it is asked about next.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When it was followed to its end; null while it is followed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What its condition changes to between two answers; null when nothing is to be reported.</summary>
    public static ConditionState? News(FlowRun before, FlowRun after) => (before.FailedAt, after.FailedAt, after.EndedAt) switch
    {
        (null, not null, _) => ConditionState.Firing,
        (not null, _, not null) => ConditionState.Resolved,
        _ => null,
    };

    /// <summary>As it is by Prefect's answer; without one Prefect does not know the run.</summary>
    public FlowRun Seen(FlowRunState? state, TimeSpan failureLasts, DateTimeOffset now)
    {
        if (state is null)
            return now - (SeenAt ?? StartedAt) >= GoneAfter ? this with { EndedAt = now } : this with { DueAt = now + OfFailed };
        var seen = this with { State = state.Type, StateName = state.Name, Message = state.Message, SeenAt = now };
        return state.Type switch
        {
            "COMPLETED" or "CANCELLED" => seen with { EndedAt = now },
            "FAILED" or "CRASHED" => seen.Failing(failureLasts, now),
            _ when now - StartedAt >= LongestRun => seen with { EndedAt = now },
            _ => seen with { DueAt = now + Pause(now - StartedAt) },
        };
    }

    /// <summary>Nobody follows it any more.</summary>
    public FlowRun Left(DateTimeOffset now) => this with { EndedAt = now };

    static TimeSpan Pause(TimeSpan age) => TimeSpan.FromTicks(Math.Clamp((age / 20).Ticks, Soonest.Ticks, Latest.Ticks));

    FlowRun Failing(TimeSpan lasts, DateTimeOffset now)
    {
        var since = FailedAt ?? now;
        return now >= since + lasts ? this with { FailedAt = since, EndedAt = now }
            : this with { FailedAt = since, DueAt = now + OfFailed < since + lasts ? now + OfFailed : since + lasts };
    }
}

/// <summary>What Prefect says of a run.</summary>
/// <param name="Type">The type of its state: one of nine words.</param>
/// <param name="Name">The state's name, free text.</param>
/// <param name="Message">What is said of it.</param>
internal sealed record FlowRunState(string Type, string? Name, string? Message);
