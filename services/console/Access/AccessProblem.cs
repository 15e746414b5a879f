namespace Sigma.OperatorConsole.Access;

/// <summary>Why something about users, passwords and tokens is refused.</summary>
public enum AccessProblem
{
    /// <summary>A user's name is missing, too long, or has characters that nobody sees.</summary>
    UserName,

    /// <summary>Another user has the name, or it is kept for the console itself.</summary>
    NameTaken,

    /// <summary>The password has too few characters.</summary>
    PasswordShort,

    /// <summary>The password has too many characters.</summary>
    PasswordLong,

    /// <summary>The password is the user's name, or has little besides it.</summary>
    PasswordIsName,

    /// <summary>The password is one character again and again, or counts up.</summary>
    PasswordSimple,

    /// <summary>The new password is the old one.</summary>
    PasswordSame,

    /// <summary>The present password is wrong.</summary>
    PasswordWrong,

    /// <summary>Whoever signs in elsewhere has no password here, and no role or limits that could be changed here.</summary>
    SignsInElsewhere,

    /// <summary>The role is none.</summary>
    Role,

    /// <summary>The limits cannot be read.</summary>
    Limits,

    /// <summary>Nobody could administer the console any more.</summary>
    LastAdministrator,

    /// <summary>Nobody takes rights from themself.</summary>
    Oneself,

    /// <summary>A token's name is missing or too long.</summary>
    TokenName,

    /// <summary>A token must expire within a year.</summary>
    TokenExpiry,

    /// <summary>Too many tries in a short time.</summary>
    TooManyTries,
}

/// <summary>Something about users, passwords and tokens is refused; said as 422. Pages say it in their language, by the problem.</summary>
public sealed class AccessRefusedException(AccessProblem problem) : Exception(Sentence(problem))
{
    /// <summary>Why.</summary>
    public AccessProblem Problem => problem;

    static string Sentence(AccessProblem problem) => problem switch
    {
        AccessProblem.UserName => $"A user's name has 1 to {UserNames.Longest} characters, all of them visible.",
        AccessProblem.NameTaken => "Another user has that name already.",
        AccessProblem.PasswordShort => $"A password has {PasswordRules.Shortest} characters at least.",
        AccessProblem.PasswordLong => $"A password has {PasswordRules.Longest} characters at most.",
        AccessProblem.PasswordIsName => "A password must not be the user's name, nor little more than it.",
        AccessProblem.PasswordSimple => "A password must have more than a few different characters.",
        AccessProblem.PasswordSame => "The new password must not be the present one.",
        AccessProblem.PasswordWrong => "The present password is wrong.",
        AccessProblem.SignsInElsewhere => "This user signs in elsewhere: the password, the role and the limits are given there.",
        AccessProblem.Role => $"role is one of {string.Join(", ", Enum.GetNames<Role>())}.",
        AccessProblem.Limits => "limits are labels, each with at least one value.",
        AccessProblem.LastAdministrator => "There must be another administrator without limits who can sign in.",
        AccessProblem.Oneself => "Nobody changes their own role or limits, nor disables or removes themself.",
        AccessProblem.TokenName => $"A token's name has 1 to {Tokens.TokenBook.LongestName} characters, all of them visible.",
        AccessProblem.TokenExpiry => $"A token expires in the future, within {Tokens.TokenBook.LongestLife.TotalDays:0} days.",
        _ => "Too many tries: wait a minute.",
    };
}
