package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How the sandbox behaves; {@link #defaults()} is a well-mannered Gameball with its documented quotas on any free port.
 * Never changes; each {@code with} gives another.
 */
public final class SandboxSettings {
    private int port;
    private QuotaRule quotas = QuotaRule.DOCUMENTED;
    private Duration latency = Duration.ZERO;
    private Duration jobLatency = Duration.ofMillis(20);
    private JobStatusShape jobStatusShape = JobStatusShape.FINISHED_COUNT;
    private JobEntryNames jobEntryNames = JobEntryNames.BY_ORDER_ID;
    private CustomerAnswer customerAnswer = CustomerAnswer.GAMEBALL_ID;
    private String apiKey;
    private String secretKey;
    private Merging merging = Merging.NONE;
    private BigDecimal pointsPerUnit = BigDecimal.ONE;
    private long seed = 1;
    private String otp;
    private List<Fault> faults = List.of();

    /** Whether the documented quotas are kept. */
    public enum QuotaRule {
        DOCUMENTED,
        OFF
    }

    /** Which of the two documented shapes a job's status has. */
    public enum JobStatusShape {
        FINISHED_COUNT,
        PROCESSED_ITEMS,
        /** Jobs with an odd number the first, others the second. */
        ALTERNATE
    }

    /** What names an object in a job's lists. */
    public enum JobEntryNames {
        BY_ORDER_ID,
        BY_CUSTOMER_ID_ONLY
    }

    /** Which of the two documented shapes {@code POST customers} answers. */
    public enum CustomerAnswer {
        GAMEBALL_ID,
        CUSTOMER,
        /** One call the first, the next the second. */
        ALTERNATE
    }

    private SandboxSettings() {}

    public static SandboxSettings defaults() {
        return new SandboxSettings();
    }

    private SandboxSettings with(Consumer<SandboxSettings> change) {
        SandboxSettings copy = new SandboxSettings();
        copy.port = port;
        copy.quotas = quotas;
        copy.latency = latency;
        copy.jobLatency = jobLatency;
        copy.jobStatusShape = jobStatusShape;
        copy.jobEntryNames = jobEntryNames;
        copy.customerAnswer = customerAnswer;
        copy.apiKey = apiKey;
        copy.secretKey = secretKey;
        copy.merging = merging;
        copy.pointsPerUnit = pointsPerUnit;
        copy.seed = seed;
        copy.otp = otp;
        copy.faults = faults;
        change.accept(copy);
        return copy;
    }

    /** 0 takes any free one. */
    public int port() {
        return port;
    }

    public QuotaRule quotas() {
        return quotas;
    }

    /** How long each call works before it answers; one customer is busy for that long. */
    public Duration latency() {
        return latency;
    }

    /** How long a batch job is queued before it runs. */
    public Duration jobLatency() {
        return jobLatency;
    }

    public JobStatusShape jobStatusShape() {
        return jobStatusShape;
    }

    public JobEntryNames jobEntryNames() {
        return jobEntryNames;
    }

    public CustomerAnswer customerAnswer() {
        return customerAnswer;
    }

    /** The only one accepted, or null for any that is not empty. */
    public String apiKey() {
        return apiKey;
    }

    /** As {@link #apiKey}. */
    public String secretKey() {
        return secretKey;
    }

    public Merging merging() {
        return merging;
    }

    /** Points for one unit of currency; fractions of the order's sum are cut off. */
    public BigDecimal pointsPerUnit() {
        return pointsPerUnit;
    }

    /** Makes chances and request ids repeatable. */
    public long seed() {
        return seed;
    }

    /** The one-time password that every hold demands, or null where none is. */
    public String otp() {
        return otp;
    }

    /** What goes wrong from the start. */
    public List<Fault> faults() {
        return faults;
    }

    public SandboxSettings withPort(int port) {
        return with(copy -> copy.port = port);
    }

    public SandboxSettings withQuotas(QuotaRule quotas) {
        return with(copy -> copy.quotas = quotas);
    }

    public SandboxSettings withLatency(Duration latency) {
        return with(copy -> copy.latency = latency);
    }

    public SandboxSettings withJobLatency(Duration jobLatency) {
        return with(copy -> copy.jobLatency = jobLatency);
    }

    public SandboxSettings withJobStatusShape(JobStatusShape jobStatusShape) {
        return with(copy -> copy.jobStatusShape = jobStatusShape);
    }

    public SandboxSettings withJobEntryNames(JobEntryNames jobEntryNames) {
        return with(copy -> copy.jobEntryNames = jobEntryNames);
    }

    public SandboxSettings withCustomerAnswer(CustomerAnswer customerAnswer) {
        return with(copy -> copy.customerAnswer = customerAnswer);
    }

    public SandboxSettings withKeys(String apiKey, String secretKey) {
        return with(copy -> {
            copy.apiKey = apiKey;
            copy.secretKey = secretKey;
        });
    }

    public SandboxSettings withMerging(Merging merging) {
        return with(copy -> copy.merging = merging);
    }

    public SandboxSettings withPointsPerUnit(BigDecimal pointsPerUnit) {
        return with(copy -> copy.pointsPerUnit = pointsPerUnit);
    }

    public SandboxSettings withSeed(long seed) {
        return with(copy -> copy.seed = seed);
    }

    public SandboxSettings withOtp(String otp) {
        return with(copy -> copy.otp = otp);
    }

    public SandboxSettings withFaults(List<Fault> faults) {
        return with(copy -> copy.faults = List.copyOf(faults));
    }
}
