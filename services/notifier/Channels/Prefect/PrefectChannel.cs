using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Channels.Webhook;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>A run of a Prefect deployment with parameters from the alert. It is sent when it is started; what becomes of it is followed.</summary>
internal sealed class PrefectChannel(Integration integration, PrefectOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
    FlowRunTable flowRuns, IOptions<NotifierOptions> options, TimeProvider time) : IChannel
{
    const int LongestName = 100;
    const string RunPath = "/runs/flow-run/";

    readonly PrefectApi _api = new(integration, settings, clients, time);

    public Integration Integration => integration;

    public string Recipient => settings.Deployment;

    /// <summary>Whether its runs are followed.</summary>
    public bool Follows => settings.Follow;

    /// <summary>What it starts.</summary>
    public string Deployment => settings.Deployment;

    /// <summary>How long a run that failed is reported.</summary>
    public TimeSpan FailureLasts => settings.FailureLasts;

    public TimeSpan CallLimit => options.Value.Accounts.Patience + _api.CallLimit;

    public string? DrillObstacle => settings.StartForDrills ? null
        : $"a drill starts no flow; set {integration.Key("StartForDrills", "StartForDrills")}=true where the flow knows one";

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        var run = await _api.Start(new($"{content.Episode.Rule} {EventOf(content)}".Truncate(LongestName), $"{content.DeliveryId}",
            Parameters(content, names)), ct);
        return new Receipt($"{UiUrl}{RunPath}{run.Id}");
    }

    public async Task Record(DbSession session, DeliveryContent content, DeliveryResult deliveryResult, CancellationToken ct)
    {
        if (settings.Follow && deliveryResult is { State: DeliveryState.Sent, Receipt: { } url }
            && Guid.TryParse(url[(url.LastIndexOf('/') + 1)..], out var run))
            await flowRuns.Add(session, run, content.Episode.AlertId, content.DeliveryId, this, url, ct);
    }

    /// <summary>The states of runs; without those that Prefect does not know.</summary>
    public Task<IReadOnlyDictionary<Guid, FlowRunState>> StatesOf(IReadOnlyCollection<Guid> runs, CancellationToken ct) => _api.StatesOf(runs, ct);

    public async Task<string?> CheckVendor(CancellationToken ct)
    {
        await _api.Check(ct);
        return $"Prefect has the deployment {settings.Deployment}";
    }

    // One alert a run.
    public Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct) =>
        Task.FromResult(new Digest(1, token => Send(contents[0], token)));

    string UiUrl
    {
        get
        {
            var url = (settings.UiUrl.Length > 0 ? settings.UiUrl : settings.BaseUrl).TrimEnd('/');
            return settings.UiUrl.Length == 0 && url.EndsWith("/api", StringComparison.Ordinal) ? url[..^"/api".Length] : url;
        }
    }

    Dictionary<string, object> Parameters(DeliveryContent content, AccountInfo? names)
    {
        Dictionary<string, object> parameters = [];
        foreach (var (name, template) in settings.Parameters)
            if (Value(template, content, names) is { } value)
                parameters[name] = value;
        return parameters;
    }

    object? Value(string template, DeliveryContent content, AccountInfo? names)
    {
        if (template == $"{{{PrefectOptions.Alert}}}")
            return WebhookAlert.Of(content, names, Markup.Plain.Finish(text.Of(content, names, settings, Markup.Plain.Escape))).Data;
        var said = Markup.Plain.Finish(text.Render(template.Replace($"{{{PrefectOptions.Event}}}", EventOf(content)), content, names, settings,
            Markup.Plain.Escape));
        return said.Length == 0 ? null : template is "{count}" or "{threshold}" ? int.Parse(said, null) : said;
    }

    static string EventOf(DeliveryContent content) => content.Kind switch
    {
        ContentKind.Raised => "raised",
        ContentKind.Cleared => "cleared",
        _ => "raised_and_cleared",
    };
}
