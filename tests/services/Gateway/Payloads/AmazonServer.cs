using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>
/// Stands for Amazon's SNS: signs envelopes by a key of its own, offers the certificate to it over https, and is where subscriptions are confirmed.
/// </summary>
internal sealed class AmazonServer : IAsyncDisposable
{
    const string SnsName = "sns.amazonaws.com";

    static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
        OfConfirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    readonly RSA _key = RSA.Create(2048);
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-amazon-");
    readonly ConcurrentQueue<string> _called = new();
    readonly WebApplication _app;

    AmazonServer()
    {
        using var authorityKey = RSA.Create(2048);
        CertificateRequest request = new("CN=Authority of a test", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        using var authority = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        using var serverKey = RSA.Create(2048);
        var server = Certificate(authority, serverKey, "localhost", now.AddDays(1));
        using var other = RSA.Create(2048);
        Dictionary<string, string> files = new()
        {
            ["/signing.pem"] = Pem(authority, _key, SnsName, now.AddDays(1)), ["/once-1.pem"] = Pem(authority, _key, SnsName, now.AddDays(1)),
            ["/once-2.pem"] = Pem(authority, _key, SnsName, now.AddDays(1)),
            ["/of-another-key.pem"] = Pem(authority, other, SnsName, now.AddDays(1)),
            ["/of-another-name.pem"] = Pem(authority, _key, "sns.evil.example", now.AddDays(1)),
            ["/of-last-week.pem"] = Pem(authority, _key, SnsName, now.AddDays(-7)), ["/of-nothing.pem"] = "<html>Maintenance</html>",
        };
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(server)));
        _app = builder.Build();
        _app.Run(async http =>
        {
            _called.Enqueue(http.Request.Path + http.Request.QueryString);
            if (files.TryGetValue(http.Request.Path, out var file))
                await http.Response.WriteAsync(file);
            else if (http.Request.Path == "/elsewhere.pem")
                http.Response.Redirect("/signing.pem");
            else if (http.Request.Query["Action"] != "ConfirmSubscription")
                http.Response.StatusCode = StatusCodes.Status404NotFound;
        });
    }

    /// <summary>Host and port.</summary>
    public string Authority => new Uri(_app.Urls.First()).Authority;

    /// <summary>Who signed its certificate for https.</summary>
    public string AuthorityFile => Path.Combine(_folder.FullName, "authority.pem");

    /// <summary>How often an address was called.</summary>
    public int Called(string pathAndQuery) => _called.Count(call => call == pathAndQuery);

    public static async Task<AmazonServer> Start()
    {
        AmazonServer server = new();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>A body as it is sent: an envelope of SNS is signed anew, and its addresses are here.</summary>
    public byte[] Sign(string body, string version = "1", string certificate = "signing.pem")
    {
        if (JsonNode.Parse(body) is not JsonObject envelope || envelope["TopicArn"] is null)
            return Encoding.UTF8.GetBytes(body);
        if (envelope["SubscribeURL"]?.GetValue<string>() is { } confirmation)
            envelope["SubscribeURL"] = $"https://{Authority}{new Uri(confirmation).PathAndQuery}";
        envelope["SignatureVersion"] = version;
        envelope["SigningCertURL"] = $"https://{Authority}/{certificate}";
        var text = string.Concat((envelope["Type"]!.GetValue<string>() == "Notification" ? OfNotification : OfConfirmation)
            .Where(envelope.ContainsKey).Select(field => $"{field}\n{envelope[field]!.GetValue<string>()}\n"));
        envelope["Signature"] = Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text),
            version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return Encoding.UTF8.GetBytes(envelope.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    static string Pem(X509Certificate2 authority, RSA key, string name, DateTimeOffset until)
    {
        using var certificate = Certificate(authority, key, name, until);
        return certificate.ExportCertificatePem();
    }

    static X509Certificate2 Certificate(X509Certificate2 authority, RSA key, string name, DateTimeOffset until)
    {
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        if (name == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, until.AddDays(-8), until, RandomNumberGenerator.GetBytes(8));
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
