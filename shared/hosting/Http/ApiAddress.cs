using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Tls;

namespace Sigma.Hosting.Http;

/// <summary>Where an outside API is, and how its server is known to be the right one. Settings of an API derive from this.</summary>
public abstract class ApiAddress : IPlainHttpSetting
{
    /// <summary>Address of the API.</summary>
    [Required, HttpAddress]
    public string BaseUrl { get; set; } = "";

    /// <summary>PEM file of authorities that may have signed the API's certificate, besides the system's.</summary>
    [AuthorityFile]
    public string CaFile { get; set; } = "";

    /// <summary>Whether an http address may name another machine: the token then travels in clear.</summary>
    public bool AllowPlainHttp { get; set; }
}

/// <summary>Settings with addresses, and whether these may be http addresses of other machines.</summary>
public interface IPlainHttpSetting
{
    /// <summary>Whether they may.</summary>
    bool AllowPlainHttp { get; }

    /// <summary>The setting that says so, as it is written beside the address.</summary>
    string AllowPlainHttpKey => nameof(AllowPlainHttp);
}
