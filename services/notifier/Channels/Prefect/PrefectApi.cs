using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Hosting.Http;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>Starts runs of one deployment.</summary>
internal sealed class PrefectApi(Integration integration, PrefectOptions settings, ApiClients clients, TimeProvider time)
{
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
    public async Task<PrefectRun> Start(PrefectRunRequest run, CancellationToken ct)
    {
        try
        {
            return await Create(run, ct);
        }
        catch (ForgeryTokenException)
        {
            var token = await _api.Get(new Uri($"{_base}/csrf-token?client={_client}"), Authorize, ct, Failure);
            _forgeryToken = Read<PrefectToken>(token.Text)?.Token;
            return await Create(run, ct);
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
        return status == HttpStatusCode.Forbidden && said.Contains("CSRF", StringComparison.OrdinalIgnoreCase)
            ? new ForgeryTokenException() : null;
    }

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

/// <summary>A token against forged calls.</summary>
internal sealed record PrefectToken(string? Token);
