using System.Net;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Slack;

/// <summary>A message to a Slack channel, through an incoming webhook.</summary>
internal sealed class SlackChannel(Integration integration, SlackOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
    DigestText digests, IOptions<NotifierOptions> options, TimeProvider time) : INoticeChannel
{
    readonly Uri _url = new(settings.Url);
    readonly VendorApi _api = new(clients, integration, settings.Api, [settings.Url, new Uri(settings.Url).PathAndQuery], time);

    public Integration Integration => integration;

    public string Recipient => settings.Url;

    public TimeSpan CallLimit => options.Value.Accounts.Patience + _api.CallLimit;

    public bool SendsNotices => settings.Enabled;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        return await Post(text.Of(content, names, settings, settings.Markup.Escape), ct);
    }

    public async Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct)
    {
        var names = await accounts.FindAll([.. contents.Select(c => (c.Episode.Source, c.Episode.Labels))], ct);
        var (message, alerts) = digests.Of(contents, names, settings, settings.Markup.Escape);
        return new Digest(alerts, token => Post(message, token));
    }

    public Task SendNotice(NoticeContent notice, CancellationToken ct) => Post(notice.Text, ct);

    async Task<Receipt> Post(string message, CancellationToken ct)
    {
        try
        {
            var answer = await _api.Post(_url, SlackMessage.Of(message), ct);
            if (answer.Text == "ok")
                return new Receipt(null);
            if (answer.IsPage)
                throw new UnexpectedResponseException("200 with a page instead of Slack's answer");
            throw new DeliveryUnconfirmedException($"200 without the ok that Slack always says: {_api.Shown(answer.Text)}");
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new DeliveryRefusedException(e.Message); // invalid_token, action_prohibited: no wait mends that
        }
    }
}
