namespace Sigma.Contracts;

/// <summary>The kinds of rule, as messages and settings have them.</summary>
public static class RuleKind
{
    /// <summary>Events in a window reach a threshold.</summary>
    public const string Count = "count";

    /// <summary>A measured value is beyond a limit.</summary>
    public const string Threshold = "threshold";

    /// <summary>Nothing is heard of somebody who should be heard.</summary>
    public const string Absence = "absence";

    /// <summary>Somebody else's monitoring says that something is wrong.</summary>
    public const string External = "external";
}
