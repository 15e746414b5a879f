using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Twilio;

/// <summary>What integrations of both types of Twilio have.</summary>
public abstract class TwilioOptions : ChatOptions, IPlainHttpSetting
{
    internal const int LongestBody = 1600;

    /// <summary>The defaults.</summary>
    protected TwilioOptions()
    {
        MessageEvery = TimeSpan.FromSeconds(1); // what one number sends
        DigestOver = 5;
    }

    /// <summary>Address of the API.</summary>
    [Required, HttpAddress]
    public string BaseUrl { get; set; } = "https://api.twilio.com";

    /// <summary>The account.</summary>
    [Required, RegularExpression("^AC[0-9a-f]{32}$", ErrorMessage = "must be AC and 32 hexadecimal digits")]
    public string AccountSid { get; set; } = "";

    /// <summary>Its token; a secret.</summary>
    [Required]
    public string AuthToken { get; set; } = "";

    /// <summary>Which number sends; or a messaging service does.</summary>
    public string From { get; set; } = "";

    /// <summary>The messaging service that sends.</summary>
    [RegularExpression("^(MG[0-9a-f]{32})?$", ErrorMessage = "must be MG and 32 hexadecimal digits")]
    public string MessagingServiceSid { get; set; } = "";

    /// <summary>Whom it tells: a number with plus sign and country code.</summary>
    [Required, RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "must be a number such as +5511999999999")]
    public string To { get; set; } = "";

    /// <summary>
    /// The gateway's <c>/replies/twilio</c> as the internet reaches it, by which Twilio says at once when there is news of a message; not set: it is
    /// only asked.
    /// </summary>
    [HttpAddress]
    public string StatusCallback { get; set; } = "";

    /// <summary>How long it is asked what became of a message. What is not known by then is for a person.</summary>
    [Duration("00:01:00", "1.00:00:00")]
    public TimeSpan FinalWithin { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How Twilio is called.</summary>
    public VendorOptions Api { get; set; } = new();

    bool IPlainHttpSetting.AllowPlainHttp => Api.AllowPlainHttp;

    string IPlainHttpSetting.AllowPlainHttpKey => VendorOptions.AllowPlainHttpKey;

    internal override bool AnswersLater => true;

    internal override string? ShownRecipient => To.Length > 4 ? "…" + To[^4..] : null;

    /// <summary>Characters that one message may have.</summary>
    internal virtual int Longest => LongestBody;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var failure in base.Validate(validationContext))
            yield return failure;
        if (From.Length == 0 == (MessagingServiceSid.Length == 0))
            yield return new($"or {nameof(MessagingServiceSid)} is required, one of both", [nameof(From)]);
        if (Digest.Length > Longest)
            yield return new($"must be no more than {Longest}", [$"{nameof(Digest)}__{nameof(Digest.Length)}"]);
    }
}

/// <summary>An integration of the type <c>twilio-sms</c>. The lines of its texts are joined with commas.</summary>
public sealed class TwilioSmsOptions : TwilioOptions
{
    /// <summary>The defaults.</summary>
    public TwilioSmsOptions()
    {
        RaisedText = "Excesso de eventos: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        ClearedText = "Volume normalizado: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        RaisedAndClearedText =
            "Excesso de eventos, já normalizado: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        RuleEndedText = "Alerta encerrado, a regra {rule} mudou: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}";
        RaisedAndRuleEndedText =
            "Excesso de eventos, encerrado, a regra {rule} mudou: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}";
        Digest.Length = 600;
    }

    internal override bool IsShort => true;

    internal override Markup Markup => !PlainLetters ? Markup.Plain
        : Markup.Plain with { Finish = text => SmsText.PlainLetters(Markup.Plain.Finish(text)) };

    internal override string LineBreak => ", ";

    /// <summary>Parts of 160 letters, or of 70 where one is outside the alphabet of SMS, that a message may have; it is cut there.</summary>
    [Range(1, 10)]
    public int Segments { get; set; } = 2;

    /// <summary>Whether letters outside the alphabet of SMS become those they look like, and pictures are left out: more fits.</summary>
    public bool PlainLetters { get; set; } = true;
}

/// <summary>An integration of the type <c>twilio-whatsapp</c>.</summary>
public sealed class TwilioWhatsAppOptions : TwilioOptions
{
    const int LongestVariable = 1024;

    /// <summary>The defaults.</summary>
    public TwilioWhatsAppOptions() => Digest.Length = 1000;

    /// <summary>
    /// The template that is sent, with the text as its variable 1: WhatsApp takes nothing else from who has not been written to within a day.
    /// </summary>
    [RegularExpression("^(HX[0-9a-f]{32})?$", ErrorMessage = "must be HX and 32 hexadecimal digits")]
    public string ContentSid { get; set; } = "";

    internal override int Longest => ContentSid.Length > 0 ? LongestVariable : LongestBody;
}
