using Microsoft.Extensions.Options;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.WhatsApp;

/// <summary>A message to one WhatsApp recipient.</summary>
internal sealed class WhatsAppChannel(ChatProApi api, AccountLookup accounts, AlertText text, DigestText digests,
    IOptions<NotifierOptions> options, IOptions<ChatProOptions> chatPro) : INoticeChannel
{
    public string Name => ChannelNames.WhatsApp;

    public ChannelOptions Options => options.Value.Channels.WhatsApp;

    public string Recipient => chatPro.Value.Recipient;

    public TimeSpan CallLimit => options.Value.Accounts.Patience + api.SendLimit;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        return new Receipt(await api.SendMessage(text.Of(content, names, Options, OutsideText.ForWhatsApp), ct));
    }

    public async Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct)
    {
        var names = await accounts.FindAll([.. contents.Select(c => (c.Episode.Source, c.Episode.Labels))], ct);
        var (message, alerts) = digests.Of(contents, names, options.Value.Channels.WhatsApp.Digest, OutsideText.ForWhatsApp);
        return new Digest(alerts, async token => new Receipt(await api.SendMessage(message, token, again: false)));
    }

    public bool SendsNotices => Options.Enabled;

    public async Task SendNotice(string notice, CancellationToken ct) => await api.SendMessage(notice, ct);
}
