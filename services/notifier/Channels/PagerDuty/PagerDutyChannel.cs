using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.PagerDuty;

/// <summary>An incident of a PagerDuty service, which who takes its alert on acknowledges, and the end of its alert resolves.</summary>
internal sealed class PagerDutyChannel(Integration integration, PagerDutyOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
    IOptions<NotifierOptions> options, TimeProvider time) : INoticeChannel
{
    readonly Uri _enqueue = new(settings.BaseUrl.TrimEnd('/') + "/v2/enqueue");
    readonly VendorApi _api = new(clients, integration, settings.Api, [settings.RoutingKey], time);

    public Integration Integration => integration;

    public string Recipient => settings.RoutingKey;

    // An alert that ended before it could be told takes two calls.
    public TimeSpan CallLimit => options.Value.Accounts.Patience + 2 * _api.CallLimit;

    public bool SendsNotices => settings.Enabled;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        if (content.Kind == ContentKind.Acknowledged)
            await Post(PagerDutyEvent.Acknowledge(settings.RoutingKey, content.Episode.AlertId), ct);
        if (content.Kind is ContentKind.Raised or ContentKind.RaisedAndCleared)
        {
            var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
            var summary = settings.Markup.Finish(text.Of(content, names, settings, settings.Markup.Escape, settings.LineBreak));
            await Post(PagerDutyEvent.Trigger(settings.RoutingKey, content, names, summary), ct);
        }
        if (content.Kind is ContentKind.Cleared or ContentKind.RaisedAndCleared)
            await Post(PagerDutyEvent.Resolve(settings.RoutingKey, content.Episode.AlertId), ct);
        return new Receipt($"{content.Episode.AlertId}");
    }

    // Each incident is one of its own.
    public Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct) =>
        Task.FromResult(new Digest(1, token => Send(contents[0], token)));

    public Task SendNotice(NoticeContent notice, CancellationToken ct) => Post(notice.Kind == NoticeKind.Warning
        ? PagerDutyEvent.Trigger(settings.RoutingKey, notice, NoticeText.Plain(notice.Text))
        : PagerDutyEvent.Resolve(settings.RoutingKey, notice.Subject), ct);

    public async Task<string?> CheckVendor(CancellationToken ct) => await _api.Reach(_enqueue, ct);

    async Task Post(PagerDutyEvent own, CancellationToken ct)
    {
        var answer = await _api.Post(_enqueue, own, ct);
        if (!answer.IsConfirmed)
            throw new DeliveryPostponedException($"PagerDuty does not say that it took the event: {_api.Shown(answer.Text)}");
    }
}
