using System.Text.Json.Serialization;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>What is told to programs that stay connected.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Sequence">Its place in the order of all changes, also the id of the event.</param>
/// <param name="At">When it is told, UTC.</param>
/// <param name="Alert">The alert as it is now; null where it is about none.</param>
/// <param name="StaleSince">Since when nothing new is seen, UTC; null while all is as of now.</param>
public sealed record LiveEvent(LiveEventType Type, long Sequence, DateTimeOffset At, AlertView? Alert, DateTimeOffset? StaleSince);

/// <summary>What happened.</summary>
[JsonConverter(typeof(CamelCaseEnum<LiveEventType>))]
public enum LiveEventType
{
    /// <summary>What follows comes after this.</summary>
    Ready,

    /// <summary>An alert is raised.</summary>
    Raised,

    /// <summary>An alert is not as it was; after coming again, also one that is raised since.</summary>
    Changed,

    /// <summary>Somebody took an alert on.</summary>
    Acknowledged,

    /// <summary>An alert is over.</summary>
    Cleared,

    /// <summary>Nothing happened for a while.</summary>
    Heartbeat,

    /// <summary>The order of changes began anew: read everything again.</summary>
    Reset,
}

/// <summary>Enumerations in the API's letters: <c>commentMissing</c>.</summary>
public sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
