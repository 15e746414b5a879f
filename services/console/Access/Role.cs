using System.Text.Json.Serialization;

namespace Sigma.OperatorConsole.Access;

/// <summary>What somebody may do; each role may do all that the one before it may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>Acknowledges, comments, assigns, snoozes, closes, silences, starts drills.</summary>
    Operator,

    /// <summary>Changes rules, routes, receivers and integrations.</summary>
    Engineer,

    /// <summary>Changes users and tokens, and all else.</summary>
    Administrator,
}
