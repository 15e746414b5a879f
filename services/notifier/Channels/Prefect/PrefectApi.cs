using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Hosting.Http;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>Starts runs of one deployment, and asks what became of them.</summary>
internal sealed class PrefectApi(Integration integration, PrefectOptions settings, ApiClients clients, TimeProvider time)
{
    /// <summary>So many runs Prefect tells of in one answer.</summary>
    public const int MostRuns = 200;

    readonly VendorApi _api = new(clients, integration, settings.Api,
        [settings.AuthString, settings.AuthString.Split(':', 2)[^1], settings.ApiKey], time);
    readonly string _base = settings.BaseUrl.TrimEnd('/');
    readonly Guid _client = Guid.NewGuid();
    volatile string? _deployment, _forgeryToken;

    /// <summary>The longest <see cref="Start"/> takes: the deployment is looked up, and a server may want a token against forged calls.</summary>
    public TimeSpan CallLimit => 4 * _api.CallLimit;

    /// <summary>Starts a run; the one there is where the key has been used before.</summary>
    /// <exception cref="DeliveryRefusedException">The parameters do not fit the deployment.</exception>
    /// <exception cref="DeliveryPostponedException">There is no such deployment.</exception>
    public Task<PrefectRun> Start(PrefectRunRequest run, CancellationToken ct) => WithToken(() => Create(run, ct), ct);

    /// <summary>The states of at most <see cref="MostRuns"/> runs, by one request; without those that Prefect does not know.</summary>
    public async Task<IReadOnlyDictionary<Guid, FlowRunState>> StatesOf(IReadOnlyCollection<Guid> runs, CancellationToken ct)
    {
        var filter = JsonSerializer.SerializeToUtf8Bytes(new { flow_runs = new { id = new { any_ = runs } }, limit = MostRuns }, VendorApi.Json);
        var answer = await WithToken(() => _api.Post(new Uri($"{_base}/flow_runs/filter"), filter, Authorize, ct, ForgeryFailure), ct);
        return Read<List<PrefectRunState>>(answer.Text) is { } found
            ? found.Where(run => run.State is { Type.Length: > 0 })
                .ToDictionary(run => run.Id, run => new FlowRunState(run.State!.Type!, run.State.Name, run.State.Message))
            : throw new ApiException($"no list of runs in Prefect's answer: {_api.Shown(answer.Text)}");
    }

    /// <summary>Whether Prefect accepts the credentials and has the deployment; the exceptions are those of <see cref="Start"/>.</summary>
    public Task Check(CancellationToken ct) => WithToken(() => FindDeployment(ct), ct);

    async Task<T> WithToken<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (ForgeryTokenException)
        {
            var token = await _api.Get(new Uri($"{_base}/csrf-token?client={_client}"), Authorize, ct, ForgeryFailure);
            _forgeryToken = Read<PrefectToken>(token.Text)?.Token;
            return await call();
        }
    }

    async Task<PrefectRun> Create(PrefectRunRequest run, CancellationToken ct)
    {
        var deployment = _deployment ??= await FindDeployment(ct);
        var answer = await _api.Post(new Uri($"{_base}/deployments/{deployment}/create_flow_run"),
            JsonSerializer.SerializeToUtf8Bytes(run, VendorApi.Json), Authorize, ct, Failure);
        return Read<PrefectRun>(answer.Text) is { Id.Length: > 0 } started
            ? started : throw new ApiException($"2xx without the run that Prefect always returns: {_api.Shown(answer.Text)}");
    }

    async Task<string> FindDeployment(CancellationToken ct)
    {
        var path = string.Join('/', settings.Deployment.Split('/').Select(Uri.EscapeDataString));
        var answer = await _api.Get(new Uri($"{_base}/deployments/name/{path}"), Authorize, ct, Failure);
        return Read<PrefectRun>(answer.Text)?.Id is { Length: > 0 } id
            ? id : throw new ApiException($"no deployment in Prefect's answer: {_api.Shown(answer.Text)}");
    }

    void Authorize(HttpRequestHeaders headers)
    {
        if (settings.ApiKey.Length > 0)
            headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
        else if (settings.AuthString.Length > 0)
            headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(settings.AuthString)));
        if (_forgeryToken is { } token)
        {
            headers.Add("Prefect-Csrf-Token", token);
            headers.Add("Prefect-Csrf-Client", $"{_client}");
        }
    }

    Exception? Failure(HttpStatusCode status, string said)
    {
        if (status == HttpStatusCode.NotFound)
        {
            _deployment = null; // it may come again, under another id
            return new DeliveryPostponedException($"404: there is no deployment {settings.Deployment}");
        }
        return ForgeryFailure(status, said);
    }

    static Exception? ForgeryFailure(HttpStatusCode status, string said) =>
        status == HttpStatusCode.Forbidden && said.Contains("CSRF", StringComparison.OrdinalIgnoreCase) ? new ForgeryTokenException() : null;

    static T? Read<T>(string text) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The server wants a token.</summary>
    sealed class ForgeryTokenException : Exception;
}

/// <summary>The body of create_flow_run.</summary>
internal sealed record PrefectRunRequest(string Name, [property: JsonPropertyName("idempotency_key")] string IdempotencyKey,
    IReadOnlyDictionary<string, object> Parameters);

/// <summary>What has an id.</summary>
internal sealed record PrefectRun(string? Id);

/// <summary>A run with its state.</summary>
internal sealed record PrefectRunState(Guid Id, PrefectState? State);

/// <summary>A state: decided by its type, shown by its name.</summary>
internal sealed record PrefectState(string? Type, string? Name, string? Message);

/// <summary>A token against forged calls.</summary>
internal sealed record PrefectToken(string? Token);
