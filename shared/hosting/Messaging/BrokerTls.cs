using System.Net.Security;
using System.Security.Authentication;
using MassTransit;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Sigma.Hosting.Tls;

namespace Sigma.Hosting.Messaging;

/// <summary>TLS to the broker, for all its clients alike.</summary>
public sealed class BrokerTls(IOptions<RabbitMqOptions> options)
{
    readonly ServerTrust _trust = new(options.Value.TlsCaFile);

    /// <summary>Why the broker's certificate was refused last; null when it was not.</summary>
    public string? Refusal => _trust.Refusal is { } refusal ? $"the broker {options.Value.Host} is refused: {refusal}" : null;

    /// <summary>For a client of RabbitMQ's own library.</summary>
    public SslOption Option => new(ServerName, enabled: options.Value.Tls)
    {
        Version = SslProtocols.None, // the system's choice
        CertificateValidationCallback = _trust.Accept,
    };

    string ServerName => options.Value.TlsServerName.Length > 0 ? options.Value.TlsServerName : options.Value.Host;

    internal void Configure(IRabbitMqHostConfigurator host)
    {
        if (!options.Value.Tls)
            return;
        host.UseSsl(ssl =>
        {
            ssl.ServerName = ServerName;
            ssl.Protocol = SslProtocols.None; // the system's choice
            // MassTransit would take any authority: its list of errors to overlook begins with this one.
            ssl.EnforcePolicyErrors(
                SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch
                    | SslPolicyErrors.RemoteCertificateNotAvailable);
            ssl.CertificateValidationCallback = _trust.Accept;
        });
    }
}
