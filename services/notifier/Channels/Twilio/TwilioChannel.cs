using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Twilio;

/// <summary>A message through Twilio. That Twilio takes it says little: it is asked until it says what became of it.</summary>
internal abstract class TwilioChannel(Integration integration, TwilioOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
    DigestText digests, IOptions<NotifierOptions> options, TimeProvider time) : INoticeChannel
{
    readonly TwilioApi _api = new(integration, settings, clients, time);

    public Integration Integration => integration;

    public string Recipient => settings.To;

    public TimeSpan CallLimit => options.Value.Accounts.Patience + _api.CallLimit;

    public bool SendsNotices => settings.Enabled;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        if (content.Accepted is { } sid)
            return await Ask(sid, ct);
        var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        return Outcome(await _api.Send(Form(text.Of(content, names, settings, settings.Markup.Escape, settings.LineBreak), isDigest: false,
            content.DeliveryId), ct));
    }

    public async Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct)
    {
        var names = await accounts.FindAll([.. contents.Select(c => (c.Episode.Source, c.Episode.Labels))], ct);
        var (message, alerts) = digests.Of(contents, names, settings, settings.Markup.Escape);
        return new Digest(alerts, async token => Outcome(await _api.Send(Form(message, isDigest: true,
            contents[0].DeliveryId), token)));
    }

    // What becomes of a notice is not followed: the next one comes soon enough.
    public Task SendNotice(NoticeContent notice, CancellationToken ct) => _api.Send(Form(notice.Text, isDigest: false), ct);

    public async Task<string?> CheckVendor(CancellationToken ct)
    {
        var status = await _api.StatusOfAccount(ct);
        return status == "active" ? "Twilio knows the account, which is active"
            : throw new DeliveryRefusedException($"Twilio says that the account is {status}");
    }

    /// <summary>The fields that say what is sent.</summary>
    protected abstract IEnumerable<(string Name, string Value)> Content(string text, bool isDigest);

    /// <summary>A number as Twilio wants it.</summary>
    protected virtual string Address(string number) => number;

    IEnumerable<KeyValuePair<string, string>> Form(string message, bool isDigest, Guid? delivery = null) =>
    [
        new("To", Address(settings.To)),
        settings.From.Length > 0 ? new("From", Address(settings.From)) : new("MessagingServiceSid", settings.MessagingServiceSid),
        .. Callback(delivery),
        .. Content(message, isDigest).Select(field => new KeyValuePair<string, string>(field.Name, field.Value)),
    ];

    IEnumerable<KeyValuePair<string, string>> Callback(Guid? delivery) => delivery is { } id && settings.StatusCallback.Length > 0
        ? [new("StatusCallback", $"{settings.StatusCallback}?delivery={id}")] : [];

    async Task<Receipt> Ask(string sid, CancellationToken ct)
    {
        TwilioMessage message;
        try
        {
            message = await _api.Find(sid, ct);
        }
        catch (Exception e) when (e is not DeliveryUnconfirmedException && !ct.IsCancellationRequested)
        {
            throw new DeliveryAcceptedException(sid, $"taken as {sid}; what became of it cannot be asked: {DeliveryFailure.From(e).Reason}");
        }
        return Outcome(message);
    }

    Receipt Outcome(TwilioMessage message) =>
        message.IsDelivered ? new Receipt(message.Sid)
        : message.IsLost ? throw new DeliveryRefusedException($"Twilio's {message.Sid} is {message.Trouble}")
        : time.GetUtcNow() - message.CreatedAt > settings.FinalWithin
            ? throw new DeliveryUnconfirmedException($"Twilio's last word of {message.Sid} is {message.Status}: whether it arrived is not known")
        : throw new DeliveryAcceptedException(message.Sid!, $"taken as {message.Sid}, which is {message.Status}");
}

/// <summary>A short message to a phone.</summary>
internal sealed class TwilioSmsChannel(Integration integration, TwilioSmsOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
    DigestText digests, IOptions<NotifierOptions> options, TimeProvider time)
    : TwilioChannel(integration, settings, clients, accounts, text, digests, options, time)
{
    protected override IEnumerable<(string Name, string Value)> Content(string text, bool isDigest)
    {
        var plain = settings.Markup.Finish(text);
        return [("Body", isDigest ? plain : SmsText.Fit(plain, settings.Segments))];
    }
}

/// <summary>A WhatsApp message of a number that Twilio holds.</summary>
internal sealed class TwilioWhatsAppChannel(Integration integration, TwilioWhatsAppOptions settings, ApiClients clients, AccountLookup accounts,
    AlertText text, DigestText digests, IOptions<NotifierOptions> options, TimeProvider time)
    : TwilioChannel(integration, settings, clients, accounts, text, digests, options, time)
{
    protected override string Address(string number) => "whatsapp:" + number;

    protected override IEnumerable<(string Name, string Value)> Content(string text, bool isDigest) => settings.ContentSid.Length == 0
        ? [("Body", text.Truncate(settings.Longest))]
        : [("ContentSid", settings.ContentSid), ("ContentVariables", Variables(text))];

    // A variable is one line.
    string Variables(string text) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = text.Replace("\n", " · ").Truncate(settings.Longest) }, VendorApi.Json);
}
