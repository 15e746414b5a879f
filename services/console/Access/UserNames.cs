namespace Sigma.OperatorConsole.Access;

/// <summary>Names of users: in small letters, so that nobody is two.</summary>
internal static class UserNames
{
    public const int Longest = 100;

    // Of whom the audit log speaks too.
    static readonly string[] Kept = [AccessClaims.LoopbackName, "anonymous", "system", "console"];

    /// <summary>As it is stored.</summary>
    public static string Of(string? said) => (said ?? "").Trim().ToLowerInvariant();

    /// <summary>Why a new user cannot have it; null when one can.</summary>
    public static AccessProblem? Fault(string name) => !IsVisible(name, Longest) ? AccessProblem.UserName
        : Array.IndexOf(Kept, name) >= 0 || name.EndsWith(AccessClaims.TokenSuffix, StringComparison.Ordinal) ? AccessProblem.NameTaken : null;

    /// <summary>Whether a name has something to see, and nothing that hides.</summary>
    public static bool IsVisible(string name, int longest) => name.Length > 0 && name.Length <= longest && name == name.Trim()
        && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c)
            || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator);
}
