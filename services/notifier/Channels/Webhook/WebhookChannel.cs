using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Channels.Webhook;

/// <summary>A signed call of somebody's address, as Standard Webhooks has it.</summary>
internal sealed class WebhookChannel : INoticeChannel
{
    readonly WebhookOptions _settings;
    readonly AccountLookup _accounts;
    readonly AlertText _text;
    readonly NotifierOptions _options;
    readonly TimeProvider _time;
    readonly ILogger<WebhookChannel> _log;
    readonly VendorApi _api;
    readonly Uri _url;
    readonly WebhookSignature _signature;
    volatile string? _gone;

    public WebhookChannel(Integration integration, WebhookOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
        IOptions<NotifierOptions> options, TimeProvider time, ILogger<WebhookChannel> log)
    {
        Integration = integration;
        _settings = settings;
        _accounts = accounts;
        _text = text;
        _options = options.Value;
        _time = time;
        _log = log;
        _url = new Uri(settings.Url);
        _signature = new WebhookSignature(settings.Secrets);
        _api = new VendorApi(clients, integration, settings.Api, [settings.Url, _url.PathAndQuery.TrimStart('/'), .. settings.Secrets], time,
            publicAddressesOnly: !settings.AllowPrivateAddresses);
    }

    public Integration Integration { get; }

    public string Recipient => _settings.Url;

    public TimeSpan CallLimit => _options.Accounts.Patience + _api.CallLimit;

    /// <summary>Why it is called no more; null while it is.</summary>
    public string? Gone => _gone;

    public bool SendsNotices => _settings.Enabled;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await _accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        var text = _settings.Markup.Finish(_text.Of(content, names, _settings, _settings.Markup.Escape));
        await Call($"{content.DeliveryId}", WebhookAlert.Of(content, names, text), ct);
        return new Receipt(null);
    }

    // One alert a call: whoever receives it knows it again by the call's id.
    public Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct) =>
        Task.FromResult(new Digest(1, token => Send(contents[0], token)));

    public Task SendNotice(NoticeContent notice, CancellationToken ct) =>
        Call($"{notice.Subject}-{notice.Kind.Stored()}", WebhookNotice.Of(notice, Markup.Plain.Finish(notice.Text), _time.GetUtcNow()), ct);

    public async Task<string?> CheckVendor(CancellationToken ct) => await _api.Reach(_url, ct);

    async Task Call<T>(string id, WebhookMessage<T> message, CancellationToken ct)
    {
        if (_gone is { } gone)
            throw new DeliveryRefusedException(gone);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, VendorApi.Json);
        try
        {
            await _api.Post(_url, body, headers => _signature.Sign(headers, id, body, _time.GetUtcNow()), ct);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Gone)
        {
            _gone = $"{_url.IdnHost} wants no more calls (410); the integration is disabled until the notifier is restarted";
            _log.LogError("{Channel}: {Reason}", Integration.Name, _gone);
            throw new DeliveryRefusedException(_gone);
        }
        catch (ApiException e) when (!e.IsTransient)
        {
            throw new DeliveryPostponedException(e.Message, e.RetryAfter); // as the standard has it, all but 410 is tried again
        }
    }
}
