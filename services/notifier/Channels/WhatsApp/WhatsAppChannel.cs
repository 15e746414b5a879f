using Microsoft.Extensions.Options;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Notices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.WhatsApp;

/// <summary>A message to one WhatsApp recipient.</summary>
internal sealed class WhatsAppChannel(ChatProApi api, AccountDirectory accounts, AlertText text, IOptions<NotifierOptions> options,
    IOptions<ChatProOptions> chatPro) : INoticeChannel
{
    public string Name => "whatsapp";

    public ChannelOptions Options => options.Value.Channels.WhatsApp;

    public TimeSpan CallLimit => options.Value.Accounts.Patience + chatPro.Value.Patience.Timeout;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        return new Receipt(await api.SendMessage(text.Of(content, names, Options), ct));
    }

    public bool SaysNotices => Options.Enabled;

    public async Task Say(string notice, CancellationToken ct) => await api.SendMessage(notice, ct);
}
