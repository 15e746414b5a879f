using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Tls;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>Parameters of the probe <c>json</c>.</summary>
public sealed class JsonNumberParameters : IValidatableObject
{
    /// <summary>The address that answers with JSON.</summary>
    [Required, WebAddress]
    public string Address { get; set; } = "";

    /// <summary>Where the number is: <c>/data/0/price</c> or <c>data[0].price</c>; empty: the answer is the number.</summary>
    public string Path { get; set; } = "";

    /// <summary>Name of the series.</summary>
    [Required, StringLength(200)]
    public string Series { get; set; } = "probe_value";

    /// <summary>Header <c>Authorization</c>; never logged.</summary>
    [HeaderValue]
    public string Authorization { get; set; } = "";

    /// <summary>PEM file of authorities that may have signed the server's certificate, besides the system's.</summary>
    [AuthorityFile]
    public string CaFile { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (JsonPlace.Read(Path) is null)
            yield return new ValidationResult("is neither a JSON pointer nor a path, as /data/0/price or data[0].price", [nameof(Path)]);
    }
}

/// <summary>A number out of a JSON answer: a price, a volume, the length of a queue.</summary>
internal sealed class JsonNumberProbe(ApiClients clients) : Probe<JsonNumberParameters>
{
    const long Largest = 4 << 20;

    readonly string _client = $"probe:{Guid.NewGuid():N}";
    HttpClient? _http;

    public override string Name => "json";

    public override string Description => "reads a number out of a JSON address";

    protected override async Task<ProbeAnswer> Check(JsonNumberParameters parameters, CancellationToken ct)
    {
        _http ??= clients.Create(_client, new() { CaFile = parameters.CaFile, SecretAddress = true });
        using HttpRequestMessage request = new(HttpMethod.Get, parameters.Address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (parameters.Authorization.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", parameters.Authorization);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode)
            throw new InvalidDataException($"it answers {(int)response.StatusCode} {response.ReasonPhrase}");
        await using var body = new BoundedBody(await response.Content.ReadAsStreamAsync(ct), Largest,
            () => new InvalidDataException($"an answer of more than {Largest >> 20} MB"));
        try
        {
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: ct);
            return ProbeAnswer.Measured(new ProbeSample(parameters.Series, Number(json.RootElement, parameters.Path)));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"its answer is no JSON: {e.Message}", e);
        }
    }

    static double Number(JsonElement root, string path)
    {
        var found = JsonPlace.Read(path)!.Of(root) ?? throw new InvalidDataException($"there is nothing at {path} in its answer");
        return found.ValueKind switch
        {
            JsonValueKind.Number => found.GetDouble(),
            JsonValueKind.String when double.TryParse(found.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) => number,
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            var kind => throw new InvalidDataException($"what is at {(path.Length == 0 ? "its top" : path)} is no number but {kind}"),
        };
    }
}
