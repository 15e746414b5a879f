using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Sigma.ServiceTests.Console.Api.Clients;

/// <summary>Compiles C# by the compiler of the installed SDK, without a network and without a package.</summary>
internal static class Compiler
{
    /// <summary>The assembly; fails with what the compiler says, also where it only warns.</summary>
    public static async Task<Assembly> Compile(string code)
    {
        var folder = Directory.CreateTempSubdirectory("sigma-client-");
        try
        {
            var (source, library) = (Path.Combine(folder.FullName, "Client.cs"), Path.Combine(folder.FullName, "Client.dll"));
            await File.WriteAllTextAsync(source, code);
            var answers = Path.Combine(folder.FullName, "Client.rsp");
            var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            await File.WriteAllLinesAsync(answers,
            [
                "-nologo", "-target:library", "-warnaserror", "-nullable:enable", "-langversion:latest", $"-out:\"{library}\"", $"\"{source}\"",
                .. Directory.GetFiles(framework, "System*.dll").Append(Path.Combine(framework, "netstandard.dll")).Where(IsManaged)
                    .Select(reference => $"-reference:\"{reference}\""),
            ]);
            ProcessStartInfo start = new(Path.Combine(Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            foreach (var argument in (string[])["exec", Csc, "-noconfig", $"@{answers}"])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{await said}{await failed}\n{code}");
            return AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(await File.ReadAllBytesAsync(library)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // …/shared/Microsoft.NETCore.App/10.0.0/
    static string Root => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    static string Csc => Directory.GetFiles(Path.Combine(Root, "sdk"), "csc.dll", SearchOption.AllDirectories)
        .Where(file => file.Contains($"{Path.DirectorySeparatorChar}bincore{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Last();

    static bool IsManaged(string file)
    {
        try
        {
            _ = AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
