namespace Sigma.OperatorConsole.Access;

/// <summary>Which passwords are taken: long ones. What kinds of characters they have is everybody's own affair.</summary>
internal static class PasswordRules
{
    public const int Shortest = 12, Longest = 256;

    const int FewestDifferent = 5, BesidesName = 4;

    /// <summary>What is wrong with a password for this user; null when nothing is.</summary>
    public static AccessProblem? Fault(string password, string name)
    {
        if (password.Length < Shortest)
            return AccessProblem.PasswordShort;
        if (password.Length > Longest)
            return AccessProblem.PasswordLong;
        if (name.Length >= 3 && password.Contains(name, StringComparison.OrdinalIgnoreCase)
            && password.Replace(name, "", StringComparison.OrdinalIgnoreCase).Length < BesidesName)
            return AccessProblem.PasswordIsName;
        return password.Distinct().Count() < FewestDifferent || Counts(password) ? AccessProblem.PasswordSimple : null;
    }

    // 123456789012, abcdefghijkl, and down again.
    static bool Counts(string password)
    {
        int up = 0, down = 0;
        for (var i = 1; i < password.Length; i++)
        {
            up += password[i] - password[i - 1] == 1 ? 1 : 0;
            down += password[i - 1] - password[i] == 1 ? 1 : 0;
        }
        return Math.Max(up, down) >= password.Length - 3;
    }
}
