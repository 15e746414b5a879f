using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Slack;

/// <summary>A message to a Slack channel; with a bot's token the end of an alert is in the thread of its raise.</summary>
internal sealed class SlackChannel(Integration integration, SlackOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
    DigestText digests, IOptions<NotifierOptions> options, TimeProvider time) : INoticeChannel
{
    readonly SlackApi _api = new(integration, settings, clients, time);

    public Integration Integration => integration;

    public string Recipient => settings.IsBot ? settings.Channel : settings.Url;

    public TimeSpan CallLimit => options.Value.Accounts.Patience + _api.CallLimit;

    public bool SendsNotices => settings.Enabled;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        var message = SlackMessage.Of(text.Of(content, names, settings, settings.Markup.Escape));
        if (settings.Button.Length > 0 && content.Kind == ContentKind.Raised && message.Blocks.Count > 0)
            message = message.WithButton(content.Episode.AlertId, settings.Button);
        return await Post(message, content.RaiseReceipt, ct);
    }

    public async Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct)
    {
        var names = await accounts.FindAll([.. contents.Select(c => (c.Episode.Source, c.Episode.Labels))], ct);
        var (message, alerts) = digests.Of(contents, names, settings, settings.Markup.Escape);
        return new Digest(alerts, token => Post(SlackMessage.Of(message), null, token));
    }

    public Task SendNotice(NoticeContent notice, CancellationToken ct) => Post(SlackMessage.Of(notice.Text), null, ct);

    public async Task<string?> CheckVendor(CancellationToken ct) => await _api.Check(ct);

    async Task<Receipt> Post(SlackMessage message, string? thread, CancellationToken ct) => new(await _api.Post(message, thread, ct));
}
