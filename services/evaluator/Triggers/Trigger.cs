using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;

namespace Sigma.Evaluator.Triggers;

/// <summary>The saga of one rule and key: its row is there while an episode lasts.</summary>
internal sealed class Trigger : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }
    public string State { get; set; } = "";
    public string Rule { get; set; } = "";
    public string Source { get; set; } = "";
    public string Severity { get; set; } = "";
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
    public Guid AlertId { get; set; }
    public string Kind { get; set; } = RuleKind.Count;
    public string? Category { get; set; }
    public string? Summary { get; set; }
    public int? Count { get; set; }
    public int? Threshold { get; set; }
    public double? Value { get; set; }
    public double? Limit { get; set; }
    public string? Unit { get; set; }
    public string? Url { get; set; }
    public IReadOnlyDictionary<string, string> Annotations { get; set; } = new Dictionary<string, string>();
    public DateTimeOffset RaisedAt { get; set; }

    /// <summary>When somebody took it on; null while nobody has.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? AcknowledgedBy { get; set; }

    /// <summary>Whose task it is; null when nobody's.</summary>
    public string? AssignedTo { get; set; }

    /// <summary>Until when nobody wants to hear of it again; null when it is not snoozed. Milliseconds since 1970.</summary>
    public long? SnoozedUntil { get; set; }

    /// <summary>The change of the rule book it was last judged by; 0 when the settings have its rule.</summary>
    public long RuleRevision { get; set; }

    /// <summary>Whether nobody is told of this episode.</summary>
    public bool Shadow { get; set; }

    /// <summary>The earliest time at which it can be over; milliseconds since 1970.</summary>
    public long ClearCheckAt { get; set; }

    public int Version { get; set; }

    /// <summary>When its value was last told or looked at to be told; milliseconds since 1970.</summary>
    public long LastTold { get; set; }

    /// <summary>Whether the last look found something to tell; not stored.</summary>
    public bool IsUpdated { get; set; }

    /// <summary>Whether the last look found that somebody has taken it on where it was reported from, and nobody here; not stored.</summary>
    public bool IsAcknowledgedThere { get; set; }

    /// <summary>What the last look found; not stored.</summary>
    public Finding? Finding { get; set; }

    /// <summary>Why this episode has ended; null while it lasts. Not stored.</summary>
    public string? ClearReason { get; set; }

    /// <summary>Up to when this episode was judged when it ended, where that must be remembered; milliseconds since 1970.</summary>
    public long ClearedThrough { get; set; }
}
