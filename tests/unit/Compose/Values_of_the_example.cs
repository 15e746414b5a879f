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
    public void The_services_take_every_value_of_the_example() => Validate(".env.example");

    [Fact]
    public void The_services_take_every_value_of_the_demo() => Validate(".env.demo");

    static void Validate(string file)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(ProjectFile.Settings(file).Where(s => s.Value.Length > 0)
            .Select(s => KeyValuePair.Create(s.Name.Replace("__", ":"), (string?)s.Value)));
        // What the compose file makes of other names
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Segware:BearerToken"] = "a", ["ChatPro:InstanceId"] = "b", ["ChatPro:Recipient"] = "c", ["ChatPro:Token"] = "d",
            ["Gateway:Integrations:0:Key"] = "a key that is long enough", ["Gateway:Syslog:CertificateFile"] = "/run/secrets/syslog.pem",
            ["Storage:ConnectionString"] = "Server=mysql;Database=storage;User ID=sigma;Password='it''s;=secret'",
        });
        var service = new ServiceBuilder("settings", builder);
        service.AddFetcher().AddEvaluator().AddNotifier().AddConsole().AddArchive().AddGateway();
        Bus.Add(service, []);
        using var provider = service.Services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}
