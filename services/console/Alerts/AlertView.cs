using System.Text.Json.Serialization;
using Sigma.OperatorConsole.Access;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>An alert as people and programs see it: a row of the board, of the history and of the API.</summary>
public sealed record AlertView
{
    /// <summary>Identity of the episode.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Grows with every change: the place in the order of all changes.</summary>
    public required long Sequence { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Kind of the rule.</summary>
    public required string Kind { get; init; }

    /// <summary>Severity now.</summary>
    public required string Severity { get; init; }

    /// <summary>Category; null when there is none.</summary>
    public string? Category { get; init; }

    /// <summary>Source of the news.</summary>
    public required string Source { get; init; }

    /// <summary>The key.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>What it says of itself; null where the kind has the words.</summary>
    public string? Summary { get; init; }

    /// <summary>What was measured last; null when nothing is measured.</summary>
    public double? Value { get; init; }

    /// <summary>Against what.</summary>
    public double? Limit { get; init; }

    /// <summary>Unit of both.</summary>
    public string? Unit { get; init; }

    /// <summary>Events in the window that raised it; null where none are counted.</summary>
    public int? Count { get; init; }

    /// <summary>The threshold then; null where none are counted.</summary>
    public int? Threshold { get; init; }

    /// <summary>Where that window began, UTC; only where one alert is looked at, else null.</summary>
    public DateTimeOffset? WindowFrom { get; init; }

    /// <summary>Where it ended, UTC; only where one alert is looked at, else null.</summary>
    public DateTimeOffset? WindowTo { get; init; }

    /// <summary>Where there is more to read; null when there is nothing.</summary>
    public string? Url { get; init; }

    /// <summary>What describes it; only where one alert is looked at, else null.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The code by which people know the account; null while it is not known.</summary>
    public string? AccountCode { get; init; }

    /// <summary>Name of the account; null while it is not known.</summary>
    public string? TradeName { get; init; }

    /// <summary>Company of the account; null while it is not known.</summary>
    public string? Company { get; init; }

    /// <summary>Client group of the account; null while it is not known.</summary>
    public string? ClientGroup { get; init; }

    /// <summary>Since when it is so, UTC.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it was raised, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When somebody took it on, UTC; null while nobody has.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Whose task it is; null when nobody's.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Whether nobody wants to hear of it for a while.</summary>
    public bool Snoozed { get; init; }

    /// <summary>Until when, UTC; null when it is not snoozed, or until it is cleared.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When it was cleared, UTC; null while it is raised.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>Why.</summary>
    public string? ClearedReason { get; init; }

    /// <summary>Who ended it, when a person did.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>Its rule is tried out: nobody was told.</summary>
    public bool Shadow { get; init; }

    /// <summary>Whether it is raised now.</summary>
    [JsonIgnore]
    public bool IsRaised => ClearedAt is null;

    /// <summary>Begins the name of a label that is called as a field is, for example <c>label.rule</c>.</summary>
    public const string LabelPrefix = "label.";

    /// <summary>A label, a name of the account or a field, by the name that filters and groups use; null where there is none.</summary>
    public string? Field(string name) => name switch
    {
        LabelLimits.Company => Company,
        LabelLimits.ClientGroup => ClientGroup,
        "rule" => Rule,
        "kind" => Kind,
        "severity" => Severity,
        "category" => Category,
        "source" => Source,
        "assigned" => AssignedTo,
        "trade_name" => TradeName,
        "account_code" => AccountCode,
        _ => Labels.GetValueOrDefault(name.StartsWith(LabelPrefix, StringComparison.Ordinal) ? name[LabelPrefix.Length..] : name),
    };

    /// <summary>Whether somebody with these limits may see it.</summary>
    public bool IsVisibleTo(LabelLimits limits) => limits.IsNone
        || limits.Allow(name => name is LabelLimits.Company or LabelLimits.ClientGroup ? Field(name) : Labels.GetValueOrDefault(name));
}
