namespace Sigma.Hosting.Lines;

/// <summary>How bad a line is, by what its sender says.</summary>
public enum LineLevel : byte
{
    None,
    Info,
    Medium,
    High,
    Critical,
}

public static class LineLevels
{
    public const int Count = 5;

    /// <summary>All of them, a bit each.</summary>
    public const int Any = (1 << Count) - 1;

    static readonly string[] Names = ["none", "info", "medium", "high", "critical"];

    public static IReadOnlyList<string> All => Names;

    /// <summary>As in a message: null for none. A word that the contract does not have is none either.</summary>
    public static LineLevel OfMessage(string? word) => word is not null && Parse(word) is { } level ? level : LineLevel.None;

    public static LineLevel? Parse(string word) =>
        Array.FindIndex(Names, name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? (LineLevel)index : null;

    public static string? ForMessage(this LineLevel level) => level == LineLevel.None ? null : Names[(int)level];

    public static int Bit(this LineLevel level) => 1 << (int)level;

    /// <summary>What is kept for longer.</summary>
    public static bool IsNotable(this LineLevel level) => level >= LineLevel.Medium;
}
