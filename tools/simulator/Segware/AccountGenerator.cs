using System.Globalization;

namespace Sigma.Simulator.Segware;

/// <summary>Makes an account up from nothing but its id and the seed.</summary>
internal sealed class AccountGenerator(int seed)
{
    private const long Codes = 1_000_000;
    private const long Step = 7_919;
    private const long StepBack = 17_679;
    private const long GroupThatIsNotThere = 9_999;

    private static readonly string[] Trades =
        ["Padaria", "Farmácia", "Supermercado", "Auto Posto", "Clínica", "Escola", "Restaurante", "Loja", "Condomínio", "Oficina", "Ótica",
            "Pet Shop"];

    private static readonly string[] Names =
        ["São José", "Boa Vista", "Nova Esperança", "Três Irmãos", "do Vale", "Santa Rita", "Bom Preço", "Estrela do Sul", "Imperial", "Ipanema",
         "Araucária", "Pão & Cia", "Central", "Primavera", "Nossa Senhora das Graças"];

    private static readonly string[] Forms = ["Ltda", "ME", "EPP", "S/A", "Eireli", ""];

    public IEnumerable<Company> Companies { get; } =
        new[] { "Sentinela Monitoramento", "Guarda Forte Segurança", "Vigília Sul", "Atalaia Alarmes" }
            .Select((name, index) => new Company(index + 1, name + " Ltda"));

    public IEnumerable<ClientGroup> Groups { get; } =
        new[] { "Varejo", "Condomínios", "Bancos", "Residencial Norte", "Residencial Sul", "Indústria", "Educação", "Saúde" }
            .Select((name, index) => new ClientGroup(index + 101, name));

    public Account Account(long id)
    {
        var seededRandom = new SeededRandom(seed, id);
        var name = $"{seededRandom.Of(1, Trades)} {seededRandom.Of(2, Names)} {seededRandom.Of(3, Forms)}".TrimEnd();
        return new Account(id, CodeOf(id), 1 + seededRandom.Below(4, 4), Group(seededRandom), name);
    }

    /// <summary>The way back from <see cref="CodeOf"/>, so that an alarm event finds its account after a restart too.</summary>
    public long? IdOf(string accountCode) =>
        accountCode.Length == 6 && long.TryParse(accountCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (code - seed % Codes + Codes) % Codes * StepBack % Codes
            : null;

    // 7919 and the number of codes share no divisor: no two accounts below a million get the same code.
    private string CodeOf(long id) => ((id % Codes * Step + seed) % Codes).ToString("D6", CultureInfo.InvariantCulture);

    private static long? Group(SeededRandom seededRandom) => seededRandom.Below(5, 20) switch
    {
        0 => null,
        1 => GroupThatIsNotThere,
        var n => 101 + n % 8,
    };
}
