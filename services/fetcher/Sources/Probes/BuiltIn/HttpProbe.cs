using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.Hosting.Tls;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>
/// Asks an address as a visitor would, on a new connection each time: status, latency, body, and for how many days the certificate is still valid.
/// </summary>
internal sealed class HttpProbe(TimeProvider time) : Probe<HttpParameters>, IDisposable
{
    const int LargestBody = 1 << 20;

    HttpClient? _http;
    ServerTrust? _trust;
    Regex? _matches;
    DateTimeOffset? _validUntil;

    public override string Name => "http";

    public override string Description => "asks an http address: status, latency, body, days that the certificate is still valid";

    public void Dispose() => _http?.Dispose();

    protected override async Task<ProbeAnswer> Check(HttpParameters parameters, CancellationToken ct)
    {
        var http = _http ??= Client(parameters);
        _validUntil = null;
        var started = time.GetTimestamp();
        try
        {
            using HttpRequestMessage request = new(new HttpMethod(parameters.Method), parameters.Address);
            request.Headers.ConnectionClose = true;
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("sigma-probe", "1.0"));
            if (parameters.Authorization.Length > 0)
                request.Headers.TryAddWithoutValidation("Authorization", parameters.Authorization);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var body = await Read(response, ct);
            var latency = time.GetElapsedTime(started);
            List<ProbeSample> samples =
                [new("probe_latency_seconds", latency.TotalSeconds), new("probe_http_status", (int)response.StatusCode), .. Certificate()];
            return Fault(parameters, response, body, latency) is { } fault
                ? ProbeAnswer.Down(fault, samples) with { Conditions = [.. Expiry(parameters)] }
                : ProbeAnswer.Up(samples) with { Conditions = [.. Expiry(parameters)] };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var reason = _trust?.Refusal is { } refusal ? $"the server is refused: {refusal}"
                : $"no answer: {e.InnerException?.Message ?? e.Message}";
            return ProbeAnswer.Down(reason, [.. Certificate()]) with { Conditions = [.. Expiry(parameters)] };
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            return ProbeAnswer.Down(string.Create(CultureInfo.InvariantCulture, $"no answer within {seconds:0.#} s"), [.. Certificate()]);
        }
    }

    string? Fault(HttpParameters parameters, HttpResponseMessage response, string body, TimeSpan latency) =>
        !parameters.IsRight((int)response.StatusCode) ? $"it answers {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd()
        : parameters.Contains.Length > 0 && !body.Contains(parameters.Contains, StringComparison.Ordinal)
            ? $"its answer has no \"{parameters.Contains}\" in it"
        : parameters.Matches.Length > 0 && !(_matches ??= HttpParameters.Expression(parameters.Matches)!).IsMatch(body)
            ? "its answer does not fit the expression"
        : parameters.SlowerThan > TimeSpan.Zero && latency > parameters.SlowerThan
            ? string.Create(CultureInfo.InvariantCulture, $"it took {latency.TotalSeconds:0.0} s")
        : null;

    IEnumerable<ProbeSample> Certificate() => Days is { } days ? [new("probe_certificate_days", days)] : [];

    IEnumerable<ProbeCondition> Expiry(HttpParameters parameters)
    {
        if (Days is { } days && days < parameters.CertificateDays)
            yield return new("certificate", days < 0 ? "the certificate has expired"
                : string.Create(CultureInfo.InvariantCulture, $"the certificate is valid until {_validUntil:yyyy-MM-dd} only"))
                { Severity = "medium" };
    }

    double? Days => (_validUntil - time.GetUtcNow())?.TotalDays;

    HttpClient Client(HttpParameters parameters)
    {
        var trust = _trust = new ServerTrust(parameters.CaFile);
        return new(new SocketsHttpHandler
        {
            AllowAutoRedirect = parameters.FollowRedirects, MaxAutomaticRedirections = 5, UseCookies = false,
            ActivityHeadersPropagator = null, // the address may have a secret in it
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                {
                    Saw(certificate);
                    return trust.Accept(sender, certificate, chain, errors);
                },
            },
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    void Saw(X509Certificate? certificate)
    {
        if (certificate is X509Certificate2 seen)
            _validUntil = new DateTimeOffset(seen.NotAfter.ToUniversalTime(), TimeSpan.Zero);
    }

    // The beginning, which is what a page says of itself.
    static async Task<string> Read(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[LargestBody];
        var read = await stream.ReadAtLeastAsync(buffer, LargestBody, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
