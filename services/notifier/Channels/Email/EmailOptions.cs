using System.ComponentModel.DataAnnotations;
using System.Net;
using MimeKit;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Tls;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Email;

/// <summary>An integration of the type <c>email</c>.</summary>
public sealed class EmailOptions : ChatOptions
{
    const int MostRecipients = 50; // what mail servers take in one message

    /// <summary>The defaults.</summary>
    public EmailOptions()
    {
        MessageEvery = TimeSpan.FromSeconds(1);
        DigestOver = 5;
        Digest.Length = 60_000;
    }

    /// <summary>The mail server, which takes mail for all recipients.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>Its port: 587 with STARTTLS, 465 with TLS from the beginning, as a rule.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is kept from others' eyes.</summary>
    public EmailTls Tls { get; set; } = EmailTls.StartTls;

    /// <summary>PEM file of authorities that may have signed the server's certificate, besides the system's.</summary>
    [AuthorityFile]
    public string CaFile { get; set; } = "";

    /// <summary>Who signs in; nobody does without.</summary>
    public string User { get; set; } = "";

    /// <summary>The password; a secret.</summary>
    public string Password { get; set; } = "";

    /// <summary>Whether the password may travel in clear to another machine.</summary>
    public bool AllowPlainSignIn { get; set; }

    /// <summary>Whom the mail is from: an address, or a name and an address in angle brackets.</summary>
    [Required, Mailbox]
    public string From { get; set; } = "";

    /// <summary>Whom it goes to, all in one message.</summary>
    public IList<string> To { get; set; } = [];

    /// <summary>The subject of counted events; lines are joined with commas. That of an end is the same, as an answer.</summary>
    [Required, TextTemplate]
    public string Subject { get; set; } = "Excesso de eventos: {accountCode} {tradeName}\n{cuc}\n{code}\n{labels}";

    /// <summary>How long the server may take for a message, from the connection to its last word.</summary>
    [Duration("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    internal override Markup Markup => Markup.Html;

    internal override string? ShownRecipient => To.Count switch
    {
        0 => null,
        1 => Mailbox.Shown(To[0]),
        _ => $"{Mailbox.Shown(To[0])} +{To.Count - 1}",
    };

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var failure in base.Validate(validationContext))
            yield return failure;
        if (To.Count is 0 or > MostRecipients)
            yield return new(To.Count == 0 ? "is required" : $"must be no more than {MostRecipients}",
                [To.Count == 0 ? $"{nameof(To)}__0" : nameof(To)]);
        for (var i = 0; i < To.Count; i++)
            if (Mailbox.Read(To[i]) is null)
                yield return new("is not an e-mail address", [$"{nameof(To)}__{i}"]);
        if (User.Length > 0 && Password.Length == 0)
            yield return new($"is required where {nameof(User)} is set", [nameof(Password)]);
        if (User.Length > 0 && Tls == EmailTls.None && !AllowPlainSignIn && !IsThisMachine)
            yield return new($"is None, so the password would travel in clear: use StartTls, or set {nameof(AllowPlainSignIn)} beside it",
                [nameof(Tls)]);
    }

    bool IsThisMachine => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>How a mail server's connection is secured.</summary>
public enum EmailTls
{
    /// <summary>By STARTTLS; a server that does not offer it gets no mail.</summary>
    StartTls,

    /// <summary>From the beginning.</summary>
    SslOnConnect,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>Addresses, as settings have them.</summary>
internal static class Mailbox
{
    /// <summary>Null when it is none.</summary>
    public static MailboxAddress? Read(string text) =>
        MailboxAddress.TryParse(text, out var mailbox) && mailbox is { LocalPart.Length: > 0, Domain.Length: > 0 } && !text.Any(char.IsControl)
            ? mailbox : null;

    /// <summary>An address as it may be shown.</summary>
    public static string? Shown(string text) => Read(text) is { } mailbox ? $"{mailbox.LocalPart[0]}…@{mailbox.Domain}" : null;
}

/// <summary>An e-mail address, or a name and one in angle brackets.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MailboxAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is string { Length: > 0 } text && Mailbox.Read(text) is null
            ? new ValidationResult("is not an e-mail address", [context.MemberName!]) : ValidationResult.Success;
}
