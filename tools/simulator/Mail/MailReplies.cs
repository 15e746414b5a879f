namespace Sigma.Simulator.Mail;

/// <summary>Replies as Postfix words them.</summary>
internal static class MailReplies
{
    /// <summary>Why an address is refused, by the word that asks for it; <c>{0}</c> is the address.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfRecipients = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["no-such-user"] = "550 5.1.1 <{0}>: Recipient address rejected: User unknown in local recipient table",
        ["relay-denied"] = "554 5.7.1 <{0}>: Relay access denied",
        ["greylisted"] = "450 4.2.0 <{0}>: Recipient address rejected: Greylisted",
        ["full"] = "452 4.2.2 <{0}>: Recipient address rejected: Mailbox full",
    };

    public const string Ok = "250 2.1.0 Ok";
    public const string BadOrder = "503 5.5.1 Error: bad sequence of commands";
    public const string SignInFirst = "530 5.7.0 Authentication required";
    public const string WrongPassword = "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6";
    public const string TlsFirst = "538 5.7.11 Encryption required for requested authentication mechanism";
}
