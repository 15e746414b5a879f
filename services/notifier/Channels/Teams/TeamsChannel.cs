using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Teams;

/// <summary>A card in a chat or channel of Microsoft Teams, through a workflow.</summary>
internal sealed class TeamsChannel(Integration integration, TeamsOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
    DigestText digests, IOptions<NotifierOptions> options, TimeProvider time) : INoticeChannel
{
    readonly Uri _url = new(settings.Url);
    readonly VendorApi _api = new(clients, integration, settings.Api,
        [settings.Url, new Uri(settings.Url).PathAndQuery, new Uri(settings.Url).AbsolutePath, new Uri(settings.Url).Query], time);

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

    public async Task<string?> CheckVendor(CancellationToken ct) => await _api.Reach(_url, ct);

    async Task<Receipt> Post(string message, CancellationToken ct)
    {
        var answer = await _api.Post(_url, TeamsMessage.Of(message), ct);
        if (answer.IsPage)
            throw new UnexpectedResponseException("2xx with a page instead of Teams' answer");
        // A workflow says nothing, a connector of before says 1; what went wrong behind a connector it says in a 200.
        if (answer.Text is "" or "1")
            return new Receipt(null);
        var said = _api.Shown(answer.Text);
        throw answer.Text.Contains("429", StringComparison.Ordinal) ? new DeliveryPostponedException($"Teams is called too often: {said}")
            : new DeliveryUnconfirmedException($"2xx with words of Teams: {said}");
    }
}
