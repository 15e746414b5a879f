namespace Sigma.Evaluator.Life;

/// <summary>What a command about an alert may say.</summary>
internal static class CommandLimits
{
    public const int LongestName = 100, LongestComment = 1000;

    public static bool IsName(string? name) => name is { Length: > 0 and <= LongestName };

    public static bool IsComment(string? comment) => comment is not { Length: > LongestComment };
}
