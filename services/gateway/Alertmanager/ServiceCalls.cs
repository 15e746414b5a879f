using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Sigma.Hosting.Api;

namespace Sigma.Gateway.Alertmanager;

/// <summary>Asks another service, by its internal API. Every failure is a <see cref="ServiceException"/>.</summary>
/// <param name="service">Its name.</param>
/// <param name="configured">Where it answers; empty for this very process.</param>
/// <param name="clients">Makes the client.</param>
/// <param name="api">The key of the internal API.</param>
/// <param name="server">This process's server.</param>
internal sealed class ServiceCalls(string service, string configured, IHttpClientFactory clients, ApiOptions api, IServer server)
{
    /// <summary>Name of the HTTP client.</summary>
    const string Client = "Sigma.Gateway.Services";

    const int LongestAnswer = 8 * 1024 * 1024;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly ServiceAddress _address = new($"Gateway__{char.ToUpperInvariant(service[0])}{service[1..]}", configured, server);

    /// <summary>Has it answer, or do something; null when it answers nothing.</summary>
    /// <exception cref="ServiceException">It does not.</exception>
    public async Task<T?> Send<T>(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        if (api.Key.Length == 0)
            throw Unavailable($"the {service} is asked: set Api__Key to the same for all services");
        if (_address.Find() is not { } root)
            throw Unavailable($"the {service} is asked: set {_address.Setting}");
        try
        {
            using HttpRequestMessage request = new(method, new Uri(root, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Key);
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
            throw Unavailable($"the {service} does not answer: {e.GetBaseException().Message}", e);
        }
    }

    static ServiceException Unavailable(string message, Exception? inner = null) => new(StatusCodes.Status503ServiceUnavailable, message, inner);

    async Task<ServiceException> Refusal(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json" || status == StatusCodes.Status401Unauthorized)
            return Unavailable($"the {service} answered {status}: is its Api__Key the same?");
        var problem = await response.Content.ReadFromJsonAsync<Problem>(Json, ct);
        return new(status == StatusCodes.Status422UnprocessableEntity ? StatusCodes.Status400BadRequest : status,
            problem?.Faults is { Count: > 0 } faults ? string.Join("; ", faults) : problem?.Detail ?? $"the {service} answered {status}");
    }

    /// <summary>Adds the client that calls.</summary>
    public static void Configure(IServiceCollection services) => services.AddInternalApiClient(Client, client =>
    {
        client.Timeout = TimeSpan.FromSeconds(10);
        client.MaxResponseContentBufferSize = LongestAnswer;
    });

    sealed record Problem(string? Detail, IReadOnlyList<string>? Faults);
}
