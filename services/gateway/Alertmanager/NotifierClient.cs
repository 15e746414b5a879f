using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Api;

namespace Sigma.Gateway.Alertmanager;

/// <summary>Asks the notifier for silences, by its internal API. Every failure is a <see cref="NotifierException"/>.</summary>
internal sealed class NotifierClient(IHttpClientFactory clients, IOptions<GatewayOptions> options, IOptions<ApiOptions> api, IServer server)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "Sigma.Gateway.Notifier";

    const string Path = "internal/notifier/silences";
    const int LongestAnswer = 8 * 1024 * 1024;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly ServiceAddress _address = new("Gateway__Notifier", options.Value.Notifier, server);

    /// <summary>Those that last or are to begin; or the newest of all.</summary>
    public async Task<IReadOnlyList<NotifierSilence>> All(bool alsoEnded, CancellationToken ct) =>
        (await Send<NotifierSilences>(HttpMethod.Get, alsoEnded ? $"{Path}?all=true" : Path, null, ct))!.Silences;

    public Task Add(NotifierSilenceOrder silence, CancellationToken ct) => Send<JsonElement>(HttpMethod.Post, Path, silence, ct);

    public Task End(Guid silence, string by, CancellationToken ct) => Send<JsonElement>(HttpMethod.Post, $"{Path}/{silence}/end", new { by }, ct);

    async Task<T?> Send<T>(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        if (api.Value.Key.Length == 0)
            throw Unavailable("silences are the notifier's: set Api__Key to the same for all services");
        if (_address.Find() is not { } root)
            throw Unavailable($"silences are the notifier's: set {_address.Setting}");
        try
        {
            using HttpRequestMessage request = new(method, new Uri(root, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Value.Key);
            if (body is not null)
                request.Content = JsonContent.Create(body, body.GetType(), options: Json);
            using var response = await clients.CreateClient(Client).SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
                throw await Refusal(response, ct);
            return response.StatusCode == HttpStatusCode.NoContent ? default : await response.Content.ReadFromJsonAsync<T>(Json, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested
            && e is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            throw Unavailable($"the notifier does not answer: {e.GetBaseException().Message}", e);
        }
    }

    static NotifierException Unavailable(string message, Exception? inner = null) => new(StatusCodes.Status503ServiceUnavailable, message, inner);

    static async Task<NotifierException> Refusal(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json" || status == StatusCodes.Status401Unauthorized)
            return Unavailable($"the notifier answered {status}: is its Api__Key the same?");
        var problem = await response.Content.ReadFromJsonAsync<Problem>(Json, ct);
        return new(status == StatusCodes.Status422UnprocessableEntity ? StatusCodes.Status400BadRequest : status,
            problem?.Faults is { Count: > 0 } faults ? string.Join("; ", faults) : problem?.Detail ?? $"the notifier answered {status}");
    }

    /// <summary>How it is called: by nobody's proxy, for the key is nobody else's.</summary>
    public static void Configure(IServiceCollection services) => services
        .AddHttpClient(Client, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = LongestAnswer;
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        .RemoveAllLoggers();

    sealed record Problem(string? Detail, IReadOnlyList<string>? Faults);
}
