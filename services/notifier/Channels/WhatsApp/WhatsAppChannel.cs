using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.WhatsApp;

/// <summary>A message to one WhatsApp recipient.</summary>
internal sealed class WhatsAppChannel : INoticeChannel
{
    readonly WhatsAppIntegrationOptions _settings;
    readonly AccountLookup _accounts;
    readonly AlertText _text;
    readonly DigestText _digests;
    readonly NotifierOptions _options;

    public WhatsAppChannel(Integration integration, WhatsAppIntegrationOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
        DigestText digests, IOptions<NotifierOptions> options, IOptions<ChatProOptions> ofDefault, TimeProvider time)
    {
        Integration = integration;
        _settings = settings;
        _accounts = accounts;
        _text = text;
        _digests = digests;
        _options = options.Value;
        ChatPro = ChatProOf(integration, settings, ofDefault.Value);
        Access = new ChatProAccess(integration);
        Api = new ChatProApi(clients, integration.Name, ChatPro, Access, time);
    }

    public Integration Integration { get; }

    public ChatProOptions ChatPro { get; }

    public ChatProAccess Access { get; }

    public ChatProApi Api { get; }

    public string Recipient => ChatPro.Recipient;

    public TimeSpan CallLimit => _options.Accounts.Patience + Api.SendLimit;

    /// <summary>Its ChatPro: that of the default receiver is in a section of its own, which is checked there.</summary>
    public static ChatProOptions ChatProOf(Integration integration, WhatsAppIntegrationOptions settings, ChatProOptions ofDefault) =>
        integration.Section is null ? ofDefault : settings.ChatPro;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await _accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        return new Receipt(await Api.SendMessage(_text.Of(content, names, _settings, _settings.Markup.Escape), ct,
            quoted: content.RaiseReceipt));
    }

    public async Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct)
    {
        var names = await _accounts.FindAll([.. contents.Select(c => (c.Episode.Source, c.Episode.Labels))], ct);
        var (message, alerts) = _digests.Of(contents, names, _settings, _settings.Markup.Escape);
        return new Digest(alerts, async token => new Receipt(await Api.SendMessage(message, token, again: false)));
    }

    public bool SendsNotices => _settings.Enabled;

    public async Task SendNotice(NoticeContent notice, CancellationToken ct) => await Api.SendMessage(notice.Text, ct);
}
