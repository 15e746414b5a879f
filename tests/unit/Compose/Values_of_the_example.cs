using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Archive;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Gateway;
using Sigma.Hosting;
using Sigma.Hosting.Messaging;
using Sigma.Notifier;
using Sigma.OperatorConsole;

namespace Sigma.UnitTests.Compose;

public sealed class Values_of_the_example
{
    [Fact]
    public void The_services_take_every_value_of_the_example()
    {
        var certificate = Path.GetTempFileName();
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var made = new CertificateRequest("CN=syslog", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            File.WriteAllText(certificate, $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
            // What the example leaves to be filled in
            Validate(".env.example", new()
            {
                ["Gateway:Integrations:0:Key"] = "a-key-that-is-long-enough", ["Gateway:Syslog:CertificateFile"] = certificate,
                ["Gateway:Syslog:KeyFile"] = certificate,
            });
        }
        finally
        {
            File.Delete(certificate);
        }
    }

    [Fact]
    public void The_services_take_every_value_of_the_demo() => Validate(".env.demo", []);

    static void Validate(string file, Dictionary<string, string?> filledIn)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(ProjectFile.Settings(file).Where(s => s.Value.Length > 0)
            .Select(s => KeyValuePair.Create(s.Name.Replace("__", ":"), (string?)s.Value)));
        // What the compose file makes of other names
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Segware:BearerToken"] = "a", ["ChatPro:InstanceId"] = "b", ["ChatPro:Recipient"] = "c", ["ChatPro:Token"] = "d",
            ["Storage:ConnectionString"] = "Server=mysql;Database=storage;User ID=sigma;Password='it''s;=secret'",
        });
        builder.Configuration.AddInMemoryCollection(filledIn);
        var service = new ServiceBuilder("settings", builder);
        service.AddFetcher().AddEvaluator().AddNotifier().AddConsole().AddArchive().AddGateway();
        Bus.Add(service, []);
        using var provider = service.Services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}
