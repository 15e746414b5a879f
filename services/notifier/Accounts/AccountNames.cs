namespace Sigma.Notifier.Accounts;

/// <summary>What is known of an account. <see cref="Code"/> is the id itself where the code is not known, a missing name is <see cref="NoName"/>.</summary>
internal sealed record AccountNames(string Account, Standing Standing, string Code, long? CompanyId, string TradeName, string Company, string ClientGroup)
{
    public const string NoName = "-";

    /// <summary>Whether every look-up was answered, be it by "there is none".</summary>
    public bool Complete { get; init; }

    public static AccountNames Nameless(string account, Standing standing) => new(account, standing, account, null, NoName, NoName, NoName);
}

/// <summary>How well an account is known.</summary>
internal enum Standing
{
    /// <summary>Segware knows it, or did when last asked.</summary>
    Known,

    /// <summary>Segware says there is no such account.</summary>
    NotFound,

    /// <summary>Segware did not say, and never had before.</summary>
    Unavailable,
}
