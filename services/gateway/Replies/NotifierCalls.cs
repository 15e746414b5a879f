using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Api;
using Sigma.Hosting.Http;

namespace Sigma.Gateway.Replies;

/// <summary>Asks the notifier by its internal API: which alerts a message told of, and that it ask a vendor at once.</summary>
internal sealed class NotifierCalls(ApiClients clients, IOptions<GatewayOptions> options, IOptions<ApiOptions> api, IServer server)
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    readonly Lazy<HttpClient> _http = new(() => clients.Create("gateway-notifier", new ApiClientSettings { FollowRedirects = false }));

    /// <summary>The alerts that are told there, and neither acknowledged nor over; of a message when one is named.</summary>
    /// <exception cref="HttpRequestException">The notifier does not answer.</exception>
    public async Task<IReadOnlyList<Guid>> Told(string channel, string? receipt, CancellationToken ct)
    {
        var query = $"deliveries/told?channel={Uri.EscapeDataString(channel)}"
            + (receipt is null ? "" : $"&receipt={Uri.EscapeDataString(receipt)}");
        return await Call<List<Guid>>(HttpMethod.Get, query, null, ct) ?? [];
    }

    /// <summary>Has it ask the vendor what became of a message.</summary>
    /// <exception cref="HttpRequestException">The notifier does not answer.</exception>
    public Task AskNow(Guid delivery, string message, CancellationToken ct) =>
        Call<object>(HttpMethod.Post, $"deliveries/{delivery}/ask", new { message }, ct);

    async Task<T?> Call<T>(HttpMethod method, string path, object? body, CancellationToken ct) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        using HttpRequestMessage request = new(method, $"{Address()}/internal/notifier/{path}")
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Value.Key);
        try
        {
            using var answer = await _http.Value.SendAsync(request, limit.Token);
            answer.EnsureSuccessStatusCode();
            return answer.StatusCode == System.Net.HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<T>(limit.Token) : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException("the notifier did not answer in time");
        }
    }

    string Address()
    {
        if (options.Value.Replies.Notifier is { Length: > 0 } address)
            return address.TrimEnd('/');
        var own = new UriBuilder((server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1:8080")
            .Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal));
        if (own.Host is "0.0.0.0" or "[::]")
            own.Host = "127.0.0.1";
        return own.Uri.GetLeftPart(UriPartial.Authority);
    }
}
