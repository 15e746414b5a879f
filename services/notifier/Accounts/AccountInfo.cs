namespace Sigma.Notifier.Accounts;

/// <summary>
/// What is known of an account. <see cref="Code"/> is the id itself where the code is not known, a missing name is <see cref="NoName"/>.
/// </summary>
internal sealed record AccountInfo(string Account, LookupStatus Status, string Code, long? CompanyId, string TradeName, string Company,
    string ClientGroup)
{
    public const string NoName = "-";

    /// <summary>Whether every look-up was answered, be it by "there is none".</summary>
    public bool Complete { get; init; }

    public static AccountInfo Nameless(string account, LookupStatus lookupStatus) =>
        new(account, lookupStatus, account, null, NoName, NoName, NoName);
}

/// <summary>The result of an account's lookup.</summary>
internal enum LookupStatus
{
    /// <summary>Segware knows it, or did at the last lookup that was answered.</summary>
    Known,

    /// <summary>Segware says there is no such account.</summary>
    NotFound,

    /// <summary>Segware is unavailable, and no names are stored.</summary>
    Unavailable,
}
