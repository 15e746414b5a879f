using System.Text.Json;
using Sigma.Storage;

namespace Sigma.Notifier.Escalation;

/// <summary>The escalation of one alert by one policy, as it was when the alert was raised. Times as stored.</summary>
internal sealed class AlertEscalation
{
    public Guid Id { get; init; }
    public Guid AlertId { get; init; }
    public string Policy { get; init; } = "";
    public string StepsJson { get; init; } = "[]";
    public int NextStep { get; init; }
    public long DueAt { get; init; }
    public string State { get; init; } = "";

    public IReadOnlyList<EscalationStep> Steps => JsonSerializer.Deserialize<List<EscalationStep>>(StepsJson)!;
}

/// <summary>How far an escalation is. Stored by its name in small letters.</summary>
internal enum EscalationState
{
    /// <summary>Its next step is to come.</summary>
    Waiting,

    /// <summary>Somebody has taken the alert on.</summary>
    Acknowledged,

    /// <summary>The alert is over.</summary>
    Cleared,

    /// <summary>All steps were taken.</summary>
    Done,
}
